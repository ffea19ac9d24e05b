#!/usr/bin/env bash
# A market without a stable placement, from the command line: the placer's
# result stays official with the proof beside it, the optimum is taken when it
# is asked for, and verify holds each to what was proven. proved.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"

place() { "$nyusho" place --market "$work/m.json" --out "$work/$1.json" --prove "${@:2}" >"$work/said" 2>&1; }
verify() { "$nyusho" verify --market "$work/m.json" "$work/$1.json" >"$work/said" 2>&1; }

# The twins f want A and B together; g wants A, then B; A prefers the twin, B g.
cat >"$work/m.json" <<'END'
{"format": "nyusho-market/1", "classes": 6,
 "children": [{"id": "c1", "age": 1, "current": null}, {"id": "c2", "age": 1, "current": null},
              {"id": "s", "age": 1, "current": null}],
 "nurseries": [{"id": "A", "seats": [0,1,0,0,0,0], "priority": ["c1","s"]},
               {"id": "B", "seats": [0,1,0,0,0,0], "priority": ["s","c2"]}],
 "families": [{"id": "f", "children": ["c1","c2"], "pref": [["A","B"]]},
              {"id": "g", "children": ["s"], "pref": [["A"],["B"]]}]}
END

place placer || fail "the proof"
grep -q '最少 1 件 (証明済み)、その時の内定・在園は 2 から 2 人' "$work/said" || fail "what was proven: $(cat "$work/said")"
grep -q '"placed": 1' "$work/placer.json" || fail "the placer's result is not the official one"
verify placer || fail "verify of the placer's result"

place best --optimum --proof "$work/p" || fail "the optimum"
grep -q '"placed": 2' "$work/best.json" || fail "the optimum was not taken"
grep -q '"family": "g", "entry": 1' "$work/best.json" || fail "the blocking entry is not listed"
for file in p.blocking.cnf p.blocking.drat p.placed.cnf p.placed.drat p.map.json; do
    [ -s "$work/$file" ] || fail "no $file"
    [ "$(stat -c %a "$work/$file")" = 600 ] || fail "others can read $file"
done
verify best || fail "verify of the optimum: $(cat "$work/said")"
grep -q '△.*(2 件中 1 件不一致)' "$work/said" || fail "that g is blocked is not told"

planted() { # planted WHAT SED: verify must not pass
    sed "$2" "$work/best.json" >"$work/planted.json"
    cmp -s "$work/best.json" "$work/planted.json" && fail "$1: nothing was changed"
    verify planted && fail "verify passed $1"
}
planted "a least number that was not proven" 's/"at_least": 1, "at_most": 1/"at_least": 0, "at_most": 1/'
planted "more children than hold a place" 's/"at_least": 2, "at_most": 2/"at_least": 3, "at_most": 3/'
planted "a placement that is no optimum" 's/"canonical": true/"canonical": false/'

[ $failed = 0 ] && echo "what was proven holds"
exit $failed
