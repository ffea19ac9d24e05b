#!/usr/bin/env bash
# Markets that cannot be, through the program itself: each gets one line that
# names the place. Phases and special seats are in phases.sh and special.sh,
# siblings' lists in siblings.sh. bad_market.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
case=$work/case records=$work/records
. tests/small_case.sh

one_line() { # one_line CHECK PLACE: what $work/err holds
    grep -q "$2.*\[$1\]" "$work/err" || fail "$1: $(cut -c1-300 "$work/err")"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$1: more than one line"
}

# Market files: the line, and where in it.
market() { # market CHECK PLACE SED
    sed "$3" >"$work/bad.json" <<'JSON'
{"classes": 6,
 "children": [{"id": "c1", "age": 1, "current": null},
  {"id": "c2", "age": 1, "current": null}],
 "nurseries": [{"id": "A", "seats": [0,1,0,0,0,0], "priority": ["c1","c2"]}],
 "families": [{"id": "f1", "children": ["c1"], "pref": [["A"]]},
  {"id": "f2", "children": ["c2"], "pref": [["A"]]}]}
JSON
    "$nyusho" place --market "$work/bad.json" --out "$work/result.json" \
        >/dev/null 2>"$work/err"
    local status=$?
    if [ "$1" = none ]; then
        [ "$status" -eq 0 ] || fail "the sound market: $(cat "$work/err")"
        return
    fi
    [ "$status" -eq 2 ] || fail "$1: status $status"
    one_line "$1" "bad.json:$2"
}
market none '' ''
market unknown-facility '6: .*families\[1\].pref\[0\]\[0\]' '6s/\["A"\]/["Z"]/'
market duplicate-child '3: .*children\[1\]' '3s/c2/c1/; 4s/,"c2"//; 5s/,$/]}/; 6d'
market bad-seats '4: .*nurseries\[0\].seats\[1\]' '4s/0,1,0/0,-1,0/'
entries=$(seq 1 10000 | sed 's/.*/["A"],/' | tr -d '\n')
market too-many-entries '5: .*families\[0\]' "5s/\[\[\"A\"\]\]/[${entries%,}]/"

# The same through a case.
small_case "$case"
small_rules "$case" ''
printf '%s\n' 0101,1,,1,いいえ 0102,1,,1,いいえ | seats "$case"
small_records "$records"
child 101 3 いいえ '' '' 0101
child 102 2 いいえ '' '' 0101
place
case_says() { # case_says CHECK PLACE
    rm -rf "$case/out" "$case/case.db"
    "$nyusho" --quiet import "$case" "$records" >/dev/null 2>&1
    "$nyusho" place "$case" >/dev/null 2>"$work/err"
    [ $? -eq 2 ] || fail "$1: status"
    one_line "$1" "$2"
}
cp -r "$records" "$work/sound"
sed -i 's/1021/1011/' "$records"/{child,preference}.csv
case_says duplicate-child '世帯 102'
rm -rf "$records"
cp -r "$work/sound" "$records"
printf '%s\n' 0101,1,,1,いいえ 0109,1,,1,いいえ | seats "$case"
case_says unknown-facility seats.csv:3:1
printf '%s\n' 0101,1,,-1,いいえ 0102,1,,1,いいえ | seats "$case"
case_says negative-seats seats.csv:2:7
printf '%s\n' 0101,1,,1,いいえ 0101,1,,2,いいえ | seats "$case"
case_says duplicate-seats seats.csv:3:1

# A wish for a facility that there is none of is settled before a final run.
printf '%s\n' 0101,1,,1,いいえ 0102,1,,1,いいえ | seats "$case"
sed -i 's/^102,1021,1,0101/102,1021,1,0109/' "$records/preference.csv"
place
grep -q ',preference-unknown,' "$case/out/latest/findings.csv" || fail "preference-unknown"
"$nyusho" place "$case" --final >/dev/null 2>"$work/err" && fail "a final run"
grep -q '\[final-findings\]' "$work/err" || fail "final-findings"

# Brothers and sisters whose condition needs a common wish that they have not;
# a list of 10,000 rows.
rm -rf "$records"
cp -r "$work/sound" "$records"
child 101 3 いいえ '' '' 0102
sed -i 's/^101,/&同保同時,/; s/^102,/&#該当なし,/; s/^世帯番号,/&きょうだい同時申込の条件,/' "$records/household.csv"
place
grep -q ',sibling-no-common,' "$case/out/latest/findings.csv" || fail "sibling-no-common"
expect_reason 1011 R3
echo 'combinations: combinations.csv' >>"$case/nyusho.yaml"
{
    echo ファミリーコード,総当たり順位,宛名コード1,希望施設1,宛名コード2,希望施設2
    seq 1 10000 | sed 's/.*/101,&,1011,0101,1012,0102/'
} >"$case/combinations.csv"
case_says too-many-entries combinations.csv:10001:
head -2 "$case/combinations.csv" >"$work/short.csv"
mv "$work/short.csv" "$case/combinations.csv"
case_says combination-pattern combinations.csv:2:
[ "$failed" -eq 0 ] && echo "bad markets are told"
exit "$failed"
