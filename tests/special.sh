#!/usr/bin/env bash
# Special seats through the program itself: who gets which kind of seat, in the
# order that the rules say, with transfers and siblings; what is written, and
# what verify makes of it. special.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
case=$work/case records=$work/records
. tests/small_case.sh

# Points are the number of children in the household.
rules() { # rules SPECIAL-SEATS-LINES
    small_rules "$case" "special_seats:
$1"
}
support='  - {id: support, seat: 加配, wording: 加配枠, when: support_seat'

small_case "$case"
printf '%s\n' 0101,1,,1,いいえ 0101,1,加配,1,いいえ 0102,1,,1,いいえ |
    seats "$case"
small_records "$records"
child 101 9 はい '' '' 0101
child 102 8 いいえ '' '' 0101
child 103 7 はい '' '' 0101
rules "$support}"
place
holds 1011 0101 加配
holds 1021 0101 ''
holds 1031 '' ''
expect_reason 1031 R1

# One line of cutoffs.csv for each kind; 内定ライン apart.
line() { # line KIND: 募集人数, 申込児童数, 内定, 内定ライン of 0101
    awk -F, -v kind="$1" '$1 == "0101" && $4 == kind { print $6, $7, $8, $12 }' \
        "$case/out/latest/cutoffs.csv"
}
[ "$(line '')" = "1 3 1 8" ] || fail "cutoffs, general: $(line '')"
[ "$(line 加配)" = "1 2 1 9" ] || fail "cutoffs, special: $(line 加配)"
grep -q '^0101,.*,1,加配,,1,1,1011,' "$case/out/latest/ranking.csv" ||
    fail "ranking.csv has no row of the special seat"
# Who has one kind waits for no other; the next in line is the one without.
awk -F, '$1 == "0101" { print $7 }' "$case/out/latest/waiting.csv" | sort -u |
    tr '\n' ' ' | grep -qx '1031 ' || fail "waiting.csv: $(cat "$case/out/latest/waiting.csv")"
grep -q '^0101,.*,,,1,1,1011,.*ほかの枠に内定' "$case/out/latest/ranking.csv" ||
    fail "ranking.csv, a place on another seat"
grep -q '^0101,.*1031,.*,次点,' "$case/out/latest/ranking.csv" || fail "next in line"
grep -q '"0101#加配"' "$case/out/latest/inputs/market.json" ||
    fail "market.json has no facility of its own"
"$nyusho" explain "$case" 1031 >"$work/out" 2>/dev/null
grep -q 'ほかに 枠「加配」 順位 2 / 2' "$work/out" || fail "explain: $(cat "$work/out")"
"$nyusho" explain "$case" 1011 2>/dev/null | grep -q '(枠 加配)' ||
    fail "explain does not say which seat"

# General seats first.
rules "$support, use: general_first}"
place
holds 1011 0101 ''
holds 1021 '' ''
holds 1031 0101 加配

# Keys of its own: there welfare comes before points.
sed -i 's/^\(103,.*\),いいえ$/\1,はい/' "$records/household.csv"
rules "$support, order: [{id: poor, wording: 生活保護, first: welfare}]}"
place
holds 1031 0101 加配
holds 1011 0101 ''
holds 1021 '' ''

# A transfer applicant has a special seat: it is free for its kind when the
# child leaves, and for nobody else while it stays.
small_records "$records"
child 201 3 はい 0101 加配 0102
child 202 2 はい '' '' 0101
child 203 1 いいえ '' '' 0101
printf '%s\n' 0101,1,,0,いいえ 0101,1,加配,0,いいえ 0102,1,,1,いいえ |
    seats "$case"
rules "$support}"
place
holds 2011 0102 ''
holds 2021 0101 加配
holds 2031 '' ''
printf '%s\n' 0101,1,,0,いいえ 0101,1,加配,0,いいえ 0102,1,,0,いいえ |
    seats "$case"
place
holds 2011 0101 加配
holds 2021 '' ''
# The seat is among those offered already: it is not counted twice.
printf '%s\n' 0101,1,,0,いいえ 0101,1,加配,1,はい 0102,1,,1,いいえ |
    seats "$case"
place
holds 2021 0101 加配
# A kind that the class does not have.
sed -i 's/^\(201,2011,.*\),加配$/\1,医療/' "$records/child.csv"
place
grep -q ',enrolled-seat,' "$case/out/latest/findings.csv" || fail "enrolled-seat"

# Brothers and sisters at one facility, whatever the kind of seat; the number
# of the preference stays the family's.
small_records "$records"
child 301 5 はい '' '' 0101 0102
child 301 5 いいえ '' '' 0101 0102
sed -i 's/^301,/&同保同時,/; s/^世帯番号,/&きょうだい同時申込の条件,/' "$records/household.csv"
printf '%s\n' 0101,1,,1,いいえ 0101,1,加配,1,いいえ 0102,1,,2,いいえ |
    seats "$case"
place
holds 3011 0101 加配
holds 3012 0101 ''
[ "$(cell 3011 希望順位)" = 1 ] || fail "the preference number"

# The family's sheet has the kind of seat of its own child, not of the other.
"$nyusho" explain "$case" 3011 --disclosure >"$work/own" 2>/dev/null
"$nyusho" explain "$case" 3012 --disclosure >"$work/other" 2>/dev/null
grep -q '結果: 内定 0101 みどり (加配)' "$work/own" && grep -q '施設 0101#加配' "$work/own" ||
    fail "the sheet does not say which seat: $(cat "$work/own")"
grep -q '結果: 内定 0101 みどり' "$work/other" || fail "no sheet: $(cat "$work/other")"
grep 加配 "$work/other" && fail "the sheet tells a brother's seat"

# Faults planted in what the run wrote.
good=$(readlink -f "$case/out/latest")
fault() { # fault CHECK FILE SED
    rm -rf "$case/out/copy"
    cp -r "$good" "$case/out/copy"
    sed -i "$3" "$case/out/copy/$2"
    cmp -s "$good/$2" "$case/out/copy/$2" && fail "$1: nothing was changed"
    "$nyusho" verify "$case" copy >"$work/out" 2>&1 && fail "$1: verify passed"
    grep -q "\[$1\]" "$work/out" || { fail "$1 is not told"; cat "$work/out"; }
}
fault seats-differ inputs/seats.csv 's/^0101,1,加配,,,,1/0101,1,加配,,,,0/'
fault order-differs inputs/records/child.csv '2s/,はい/,いいえ/'
fault entries-differ inputs/records/child.csv '2s/,はい/,いいえ/'
fault entries-differ inputs/records/household.csv 's/同保同時/別保順次(同)/'
fault child-extra inputs/records/child.csv '2s/2025-06-01/2022-06-01/'
fault child-differs inputs/records/child.csv '2s/#該当なし/0102/'
fault unknown-facility placements.csv 's/,加配,/,医療,/'

# A later round: who holds a special seat keeps it, who gives one back leaves it
# to those of its kind. One more seat is asked of each kind.
small_records "$records"
child 101 9 はい '' '' 0101
child 102 8 いいえ '' '' 0101
child 103 7 いいえ '' '' 0101
child 104 6 はい '' '' 0101
printf '%s\n' 0101,1,,1,いいえ 0101,1,加配,1,いいえ 0102,1,,1,いいえ |
    seats "$case"
place
holds 1011 0101 加配
holds 1021 0101 ''
"$nyusho" report "$case" seats >"$work/out" 2>"$work/err" || fail "$(cat "$work/err")"
what=$(sed -nE 's,^(結果|results): (.*)/.*$,\2,p' "$work/out")/seats_what_if.csv
grep -q '^0101,みどり,1,,1,4,1,0,2,1,.*1031' "$what" && grep -q '^0101,みどり,1,加配,1,2,1,0,1,1,.*1041' "$what" ||
    fail "one more seat of each kind: $(cat "$what")"
grep -q '>0101 みどり<' "${what%/*}/seats.html" && grep -q '>0101 の枠「加配」<' "${what%/*}/seats.html" ||
    fail "the picture has no row of each kind"
first=$(basename "$(readlink -f "$case/out/latest")")
cp "$case/nyusho.yaml" "$work/nyusho.yaml"
echo 'rounds: {policy: 空いた枠のみ}' >>"$case/nyusho.yaml"
later() { # later CHILD: who declines
    printf '児童番号,種別,日付\n%s,辞退,2027-02-01\n' "$1" >"$work/w.csv"
    "$nyusho" place "$case" --after "$first" --withdrawn "$work/w.csv" >"$work/out" 2>"$work/err"
    [ $? -le 1 ] || fail "later round: $(cat "$work/err")"
    "$nyusho" verify "$case" >"$work/out" 2>&1 || fail "verify of a later round: $(cat "$work/out")"
}
later 1011
holds 1041 0101 加配
holds 1021 0101 ''
holds 1031 '' ''
later 1021
holds 1011 0101 加配
holds 1031 0101 ''
holds 1041 '' ''
# It was held in a seat of another kind: the round's own check says so.
good=$(readlink -f "$case/out/latest")
cp -r "$good" "$case/out/copy2"
sed -i '/^101,1011,/s/,加配,/,,/' "$case/out/copy2/placements.csv"
"$nyusho" verify "$case" copy2 >"$work/out" 2>&1 && fail "verify passed a held child on another seat"
mv "$work/nyusho.yaml" "$case/nyusho.yaml"

# A market that cannot be: each in one line that names row and column.
refuse() { # refuse CHECK FILE:LINE:COLUMN
    "$nyusho" place "$case" >/dev/null 2>"$work/err"
    [ $? -eq 2 ] || fail "$1: status"
    grep -q "$2: .*\[$1\]" "$work/err" || fail "$1: $(cat "$work/err")"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$1: more than one line"
}
printf '%s\n' 0101,1,,1,いいえ 0101,1,医療,1,いいえ 0102,1,,1,いいえ |
    seats "$case"
refuse unknown-seat-kind 'seats.csv:3:3'
printf '%s\n' 0101,1,,1,いいえ 0101,2,加配,1,いいえ 0102,1,,1,いいえ |
    seats "$case"
refuse special-alone 'seats.csv:3:3'
printf '%s\n' 0101,1,,1,いいえ 0101,1,加配,-1,いいえ 0102,1,,1,いいえ |
    seats "$case"
refuse negative-seats 'seats.csv:3:7'
# Compared: who goes from one kind of seat to the other is in the chain.
printf '%s\n' 0101,1,,1,いいえ 0101,1,加配,1,いいえ 0102,1,,1,いいえ |
    seats "$case"
small_records "$records"
child 101 9 はい '' '' 0101
child 102 8 はい '' '' 0101
child 103 7 いいえ '' '' 0101
place
holds 1011 0101 加配
holds 1021 0101 ''
printf '%s\n' 世帯番号,児童番号 101,1011 >"$work/w.csv"
"$nyusho" compare "$case" --withdrawn "$work/w.csv" >"$work/out" 2>"$work/err"
grep -q '児童 1021 0101→0101#加配 ⇒ 児童 1031 保留→0101' "$work/out" || fail "compare: $(cat "$work/out" "$work/err")"
sed 's/^\(0101,1,加配,.*,\)1,\(いいえ\)/\12,\2/' "$case/seats.csv" >"$work/more.csv"
"$nyusho" compare "$case" --seats "$work/more.csv" >"$work/out" 2>"$work/err"
grep -q '〔増えた枠 0101#加配・1歳〕 児童 1021 0101→0101#加配 ⇒ 児童 1031 保留→0101' "$work/out" ||
    fail "compare, one more special seat: $(cat "$work/out" "$work/err")"

# By hand: which kinds the rules would give to those who are there, or as the
# file says.
by_hand() { # by_hand HEADER ROW…: what is said against each child
    printf '%s\n' "$@" >"$work/hand.csv"
    "$nyusho" compare "$case" --manual "$work/hand.csv" >"$work/out" 2>"$work/err"
    hand=$(sed -nE 's,^(結果|results): (.*)/$,\2,p' "$work/out")/compare_manual.csv
}
against() { # against CHILD TEXT
    tr -d '\r' <"$hand" | awk -F, -v child="$1" '$2 == child' | grep -qF -- "$2" ||
        fail "by hand, $1 is not \"$2\": $(cat "$hand")"
}
by_hand 児童番号,施設番号 1011, 1021,0101 1031,0101
against 1011 '順位が下の児童が入っている: 施設 0101、児童 1021'
against 1031 '順位が上の児童を飛ばす: 施設 0101、児童 1011'
by_hand 児童番号,施設番号,枠 1011,, 1021,0101, 1031,0101,
against 1031 '募集人数を超える: 施設 0101'
by_hand 児童番号,施設番号,枠 1011,0101,加配 1021,, 1031,0101,加配
against 1031 'そこに入る対象でない: 施設 0101'
by_hand 児童番号,施設番号,枠 1011,0101,医療
grep -q 'hand.csv:2:3.*\[unknown-seat-kind\]' "$work/err" || fail "a kind that is not there: $(cat "$work/err")"

[ "$failed" -eq 0 ] && echo "special seats hold"
exit "$failed"
