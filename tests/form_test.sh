#!/usr/bin/env bash
# nyusho form test: the same files whatever the number of workers; Japanese first,
# English on request; one JSON object; status 1 when there is something to
# change. form_test.sh BUILD_DIR
set -uo pipefail
cd "$(dirname "$0")/.."
nyusho=$1/nyusho forms=fixtures/forms/trial
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "FAIL $*"
    failed=1
}

# test_form STATUS FORM OUT [OPTION…]
test_form() {
    local want=$1 form=$2 out=$3
    shift 3
    "$nyusho" form test "$form" --out "$work/$out" --copies 1 "$@" \
        >"$work/$out.said" 2>"$work/$out.err"
    local got=$?
    [ "$got" -eq "$want" ] || fail "$out: status $got, not $want: $(cat "$work/$out.err")"
}

test_form 0 "$forms/good.yaml" one --workers 1
test_form 0 "$forms/good.yaml" two --workers 2
for file in fields.csv advice.csv readings.csv; do
    cmp "$work/one/$file" "$work/two/$file" || fail "$file depends on the workers"
done
[ "$(ls "$work/one/sheets" | wc -l)" -eq 5 ] || fail "not five sheets"
(cd "$work/one/sheets" && sha256sum -- *) >"$work/sheets"
(cd "$work/two/sheets" && sha256sum --quiet -c "$work/sheets") || fail "other sheets"
grep -q "直すことはありません" "$work/one.said" || fail "$(cat "$work/one.said")"
head -1 "$work/one/fields.csv" | grep -q "ページ,欄,見出し,種類" || fail "headers: $(head -1 "$work/one/fields.csv")"
# Eight fields, five ways of scanning, one row of headers.
[ "$(wc -l <"$work/one/fields.csv")" -eq 41 ] || fail "rows of fields.csv"

test_form 0 "$forms/good.yaml" other --seed 2
cmp -s "$work/one/sheets/00001-clean-p1-pen.png" \
    "$work/other/sheets/00001-clean-p1-pen.png" && fail "another seed, the same sheet"

test_form 1 "$forms/bad.yaml" bad --lang en --json
head -1 "$work/bad/advice.csv" | grep -q "weight,page,field" || fail "English headers"
grep -q ",ticks-close," "$work/bad/advice.csv" || fail "$(cat "$work/bad/advice.csv")"
grep -q '"check":.*"ticks-close"' "$work/bad.said" || fail "$(cat "$work/bad.said")"
# A form without marks is typed or written.
ls "$work/bad/sheets" | grep -q typed || fail "no sheet was typed"

test_form 2 "$forms/good.yaml" wrong --by nobody
test_form 2 "$forms/none.yaml" none
exit "$failed"
