#!/usr/bin/env bash
# Built without NYUSHO_PROVE: a proof that is asked for is one clear line and
# no result; without one everything is as it was. unproved.sh BUILD_DIR
set -uo pipefail
nyusho=$1/nyusho
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "FAIL $*"
    failed=1
}

cat >"$work/m.json" <<'END'
{"format": "nyusho-market/1", "classes": 6,
 "children": [{"id": "c1", "age": 1, "current": null}],
 "nurseries": [{"id": "A", "seats": [0,1,0,0,0,0], "priority": ["c1"]}],
 "families": [{"id": "f", "children": ["c1"], "pref": [["A"]]}]}
END

for ask in "--prove" "--prove --optimum" "--prove --proof $work/p"; do
    # shellcheck disable=SC2086 # words of an option
    "$nyusho" place --market "$work/m.json" --out "$work/r.json" $ask >"$work/said" 2>&1 &&
        fail "place $ask: status 0"
    [ "$(wc -l <"$work/said")" = 1 ] || fail "place $ask: not one line: $(cat "$work/said")"
    grep -q 'NYUSHO_PROVE.*\[no-prover\]' "$work/said" || fail "place $ask: $(cat "$work/said")"
    [ -e "$work/r.json" ] && fail "place $ask: a result all the same"
done
"$nyusho" place --market "$work/m.json" --out "$work/r.json" >/dev/null 2>&1 || fail "place"
"$nyusho" verify --market "$work/m.json" "$work/r.json" >/dev/null 2>&1 || fail "verify"

[ $failed = 0 ] && echo "without the solver: said so, and nothing else is lost"
exit $failed
