#!/usr/bin/env bash
# Records scored from their CSV files, household by household, give the bytes of
# a run over the same records. score_records.sh BUILD_DIR
set -uo pipefail
cd "$(dirname "$0")/.."
nyusho=$1/nyusho
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "FAIL $*"
    failed=1
}

# Two hundred households, more than one set of the stream: one or two children,
# siblings, missing hours, a single parent now and then.
make_records() {
    mkdir "$1"
    echo "世帯番号,ひとり親区分,保育料階層" >"$1/household.csv"
    echo "世帯番号,人番号,続柄,保護者の有無" >"$1/guardian.csv"
    echo "世帯番号,人番号,連番,事由" >"$1/reason.csv"
    echo "世帯番号,人番号,連番,雇用の形態,月間就労時間,月間休憩時間" >"$1/job.csv"
    echo "世帯番号,児童番号,児童生年月日,育休延長許容" >"$1/child.csv"
    echo "世帯番号,児童番号,連番,希望施設番号" >"$1/preference.csv"
    for i in $(seq 1001 1250); do
        echo "$i,$([ $((i % 9)) -eq 0 ] && echo ひとり親 || echo 無),$((i % 12))" >>"$1/household.csv"
        for person in 1 2; do
            [ $((i % 9)) -eq 0 ] && [ $person -eq 2 ] && continue
            echo "$i,$person,$([ $person -eq 1 ] && echo 父 || echo 母),はい" >>"$1/guardian.csv"
            echo "$i,$person,1,就労" >>"$1/reason.csv"
            echo "$i,$person,1,正社員,$([ $((i % 11)) -eq 0 ] || echo $((100 + i % 80)):00),0:00" >>"$1/job.csv"
        done
        for child in 1 2; do
            [ $((i % 5)) -ne 0 ] && [ $child -eq 2 ] && continue
            echo "$i,$i-$child,202$((child + i % 4))-05-0$((1 + i % 9)),$([ $((i % 7)) -eq 0 ] && echo はい || echo いいえ)" >>"$1/child.csv"
            echo "$i,$i-$child,1,0001" >>"$1/preference.csv"
            echo "$i,$i-$child,2,000$((2 + i % 3))" >>"$1/preference.csv"
        done
    done
}

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
