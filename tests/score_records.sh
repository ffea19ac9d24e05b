#!/usr/bin/env bash
# Records scored from their CSV files, household by household, give the bytes of
# a run over the same records. score_records.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"


. tests/made_records.sh
"$nyusho" --quiet init "$work/case" || fail "init"
echo "世帯番号,時点,出典" >"$work/case/office.csv"
make_records "$work/records"
"$nyusho" --quiet import "$work/case" "$work"/records/*.csv >"$work/log" 2>&1
"$nyusho" --quiet score "$work/case" >"$work/log" 2>&1
[ $? -le 1 ] || fail "score: $(cat "$work/log")"
run=$work/case/out/latest
[ "$(wc -l <"$run/scores.csv")" -gt 500 ] || fail "the run scored too little"

"$nyusho" --quiet score "$work/case" --records "$run/inputs/records" \
    --out "$work/out" >"$work/log" 2>&1
[ $? -le 1 ] || fail "score --records: $(cat "$work/log")"
cmp "$run/scores.csv" "$work/out/scores.csv" || fail "scores.csv differs"
cmp "$run/score_lines.csv" "$work/out/score_lines.csv" || fail "score_lines.csv differs"

# refused STATUS CHECK COMMAND…: one line with its place, and no files.
refused() {
    local status=$1 check=$2
    shift 2
    "$nyusho" --quiet score "$work/case" "$@" --out "$work/none" >"$work/log" 2>&1
    [ $? -eq "$status" ] || fail "$check: status"
    grep -q "\[$check\]" "$work/log" || fail "$check: $(cat "$work/log")"
    [ -z "$(ls "$work/none" 2>/dev/null)" ] || fail "$check: left files"
}
cp -r "$run/inputs/records" "$work/unsorted"
{ head -1 "$work/unsorted/child.csv"; tail -n +2 "$work/unsorted/child.csv" | tac; } >"$work/tac"
cp "$work/tac" "$work/unsorted/child.csv"
refused 2 records-not-sorted --records "$work/unsorted"
grep -q "unsorted/child.csv:[0-9]*:1:" "$work/log" || fail "no place: $(cat "$work/log")"
mkdir "$work/empty"
refused 2 no-records --records "$work/empty"
refused 2 bad-option --records "$work/records" --encoding cp932
refused 2 bad-option --records "$work/records" --final
"$nyusho" --quiet score "$work/case" --records "$work/records" >"$work/log" 2>&1
grep -q "\[bad-option\]" "$work/log" || fail "--out is needed"

[ $failed -eq 0 ] && echo "ok"
exit $failed
