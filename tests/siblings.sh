#!/usr/bin/env bash
# Siblings through the program itself: a pattern, an explicit list, a method,
# and lists that cannot be right. siblings.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
city=fixtures/city

# 27000001 are twins with 別保順次(同), who hold one facility together.
cp -r "$city/case" "$work/case"
cp -r "$city/truth/records" "$work/records"
again() { # again SED-OF-HOUSEHOLDS: the case with these records
    rm -rf "$work/case/out" "$work/case/case.db"
    cp "$city/truth/records/household.csv" "$work/records/household.csv"
    sed -i "$1" "$work/records/household.csv"
    "$nyusho" --quiet import "$work/case" "$work/records" 2>"$work/err"
}
place() {
    "$nyusho" place "$work/case" >/dev/null 2>"$work/err"
    grep -qE "Sanitizer|runtime error" "$work/err" && fail "sanitizer"
}
row() { # row CHILD COLUMN: of placements.csv
    awk -F, -v name="$2" -v child="$1" '
        NR == 1 { sub(/^\xef\xbb\xbf/, "")
                  for (i = 1; i <= NF; i++) at[$i] = i }
        $at["児童番号"] == child { print $at[name] }
        ' "$work/case/out/latest/placements.csv"
}
expect() { # expect CHILD COLUMN TEXT: begins with TEXT
    local got
    got=$(row "$1" "$2")
    case $got in
    "$3"*) ;;
    *) fail "$1: $got, not $3" ;;
    esac
}
refuse() { # refuse CHECK LINE…: a list of these rows stops the run
    printf '%s\n' "$head" "${@:2}" >"$work/case/combinations.csv"
    place
    grep -q "combinations.csv:.*\[$1\]" "$work/err" ||
        { fail "$1 is not said"; cat "$work/err"; }
}

again ''
place
expect 2700000101 きょうだい '別保順次(同): 組合せ '
[ -n "$(row 2700000101 施設番号)" ] || fail "the twins have no place"
[ "$(row 2700000101 施設番号)" = "$(row 2700000102 施設番号)" ] || fail "the twins are apart"
# 27000002, three children, all at one facility or nobody: one has no seat.
for child in 2700000201 2700000202 2700000203; do
    expect "$child" きょうだい '同保同時: 3 通りの組合せのどれも入れない'
    [ -z "$(row "$child" 施設番号)" ] || fail "$child has a place"
done
"$nyusho" verify "$work/case" >/dev/null 2>"$work/err" || fail "verify"

# One of the twins can be placed nowhere: all or nobody means nobody.
cp "$city/truth/records/preference.csv" "$work/records/preference.csv"
sed -i 's/^\(27000001,2700000102,[0-9]*\),[0-9]*/\1,9999/' \
    "$work/records/preference.csv"
again '/^27000001,/s/別保順次(同)/別保同時(希)/'
place
expect 2700000101 結果 保留
expect 2700000101 理由 R3
expect 2700000101 きょうだい '別保同時(希): 条件に合う組合せがない'
expect 2700000102 結果 対象外
cp "$city/truth/records/preference.csv" "$work/records/preference.csv"

head=ファミリーコード,総当たり順位,宛名コード1,希望施設1,宛名コード2,希望施設2
printf 'combinations: combinations.csv\n' >>"$work/case/nyusho.yaml"
again '/^27000001,/s/別保順次(同)/組合せ指定/'
printf '%s\n' "$head" 27000001,2,2700000101,,2700000102,0106 \
    27000001,1,2700000102,0105,2700000101,0106 >"$work/case/combinations.csv"
place
expect 2700000101 きょうだい '組合せ指定: 組合せ 1/2'
expect 2700000101 施設番号 0106
expect 2700000102 施設番号 0105
cmp -s "$work/case/combinations.csv" \
    "$work/case/out/latest/inputs/combinations.csv" || fail "inputs"
"$nyusho" explain "$work/case" 2700000102 2>/dev/null |
    grep -q '組合せ指定: 組合せ 1/2' || fail "explain"

refuse unknown-household 99999999,1,2700000101,0105,,
refuse combination-children 27000009,1,2700000101,0105,,
refuse combination-children 27000001,1,2700000101,0105,,
refuse unknown-facility 27000001,1,2700000101,9999,2700000102,
refuse combination-not-wished 27000001,1,2700000101,0203,2700000102,
refuse combination-pattern 27000001,1,2700000101,0105,2700000102, \
    27000002,1,2700000201,0108,2700000202,
printf '%s\n' "$head" >"$work/case/combinations.csv"
place
grep -q '\[combination-missing\]' "$work/err" || fail "combination-missing"

sed -i '/^combinations:/d' "$work/case/nyusho.yaml"
again ''
cp rules/urasoe-r8.yaml "$work/case/rules.yaml"
sed -i 's/^rules:.*/rules: rules.yaml/' "$work/case/nyusho.yaml"
for method in points_order preference_rounds; do
    sed -i "s/^method: .*/method: $method/" "$work/case/rules.yaml"
    place
    grep -q "\"method\": \"$method\"" "$work/case/out/latest/inputs/market.json" ||
        fail "$method is not in market.json"
    "$nyusho" verify "$work/case" >"$work/out" 2>"$work/err" ||
        { fail "$method: verify"; cat "$work/out"; }
done
exit "$failed"
