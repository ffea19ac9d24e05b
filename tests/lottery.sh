#!/usr/bin/env bash
# Equal points: the lot from the recorded seed, numbers drawn in public, the
# order of receipt; numbers that cannot be; ties that nothing breaks.
# lottery.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
case=$work/case records=$work/records
. tests/small_case.sh

lottery() { # lottery WHAT: the line of nyusho.yaml; receipts after it
    sed -i -e '/^receipts:/d' -e "s|^lottery:.*|lottery: {$1, approved_by: 課長, approved_on: 2026-12-01}|" \
        "$case/nyusho.yaml"
}
numbers() { printf '%s\n' 世帯番号,番号 "${@:2}" >"$case/$1"; }
first() { # first CHILD: it alone has the seat
    for child in 1011 1021 1031; do
        holds "$child" "$([ "$child" = "$1" ] && echo 0101)" ''
    done
}

# Three households, equal points, one seat.
small_case "$case"
printf '%s\n' 0101,1,,1,いいえ 0102,1,,0,いいえ | seats "$case"
small_records "$records"
for home in 101 102 103; do child "$home" 3 いいえ '' '' 0101; done
small_rules "$case" ''

# From a seed: whoever has the smallest first 63 bits of its hash, also in a
# final run; another seed draws again.
drawn() { # drawn SEED: the child with the smallest
    for home in 101 102 103; do
        printf '%s %s1\n' "$(printf '%s%s' "$1" "$home" | sha256sum | cut -c1-16)" "$home"
    done | sort | head -1 | cut -d' ' -f2
}
for seed in 種 二 三 四; do
    lottery "seed: $seed"
    place --final
    first "$(drawn "$seed")"
done

# Drawn in public: the smallest number.
lottery 'numbers: lottery.csv'
numbers lottery.csv 101,30 102,7 103,12
place --final
first 1021
cmp -s "$case/lottery.csv" "$case/out/latest/inputs/lottery.csv" || fail "inputs"
numbers lottery.csv 101,3 102,7 103,12
place --final
first 1011
rm -rf "$case/out/copy"
cp -r "$(readlink -f "$case/out/latest")" "$case/out/copy"
sed -i 's/^101,3/101,33/' "$case/out/copy/inputs/lottery.csv"
"$nyusho" verify "$case" copy >"$work/out" 2>&1 && fail "verify passed other lots"
grep -q '\[order-differs\]' "$work/out" || fail "order-differs"

# One line for each thing that is wrong, with its row and column.
refuse() { # refuse CHECK PLACE
    "$nyusho" place "$case" >/dev/null 2>"$work/err"
    [ $? -eq 2 ] || fail "$1: status"
    grep -q "$2: .*\[$1\]" "$work/err" || fail "$1: $(cat "$work/err")"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$1: more than one line"
}
numbers lottery.csv 101,3 102,7
refuse number-missing lottery.csv
grep -q '世帯 103 ' "$work/err" || fail "number-missing does not name it"
numbers lottery.csv 101,3 102,7 103,7
refuse duplicate-number lottery.csv:4:2
numbers lottery.csv 101,3 102,7 101,9 103,12
refuse duplicate-household lottery.csv:4:1
numbers lottery.csv 101,3 102,7 103,9 999,10
refuse unknown-household lottery.csv:5:1
numbers lottery.csv 101,3 102,7 103,abc
refuse bad-number lottery.csv:4:2
lottery 'seed: 種, numbers: lottery.csv'
refuse lottery-twice nyusho.yaml:10:10
# Who withdrew needs none.
numbers lottery.csv 101,3 102,7
lottery 'numbers: lottery.csv'
printf '世帯番号,児童番号,種別,日付\n103,,取下げ,2026-12-10\n' >"$work/events.csv"
"$nyusho" --quiet import "$case" "$work/events.csv" >/dev/null 2>&1
"$nyusho" --quiet place "$case" 2>"$work/err" || [ $? -eq 1 ] ||
    fail "withdrawn: $(cat "$work/err")"

# By receipt, where the city's order says so: else the numbers are of no use.
lottery 'seed: 種'
echo 'receipts: receipts.csv' >>"$case/nyusho.yaml"
numbers receipts.csv 101,30 102,20 103,10
place
first "$(drawn 種)"
small_rules "$case" '' receipt
place --final
first 1031
sed -i '/^receipts:/d' "$case/nyusho.yaml"
place
"$nyusho" place "$case" --final 2>"$work/err" && fail "a final run without receipt numbers"
grep -q '\[final-provisional\]' "$work/err" || fail "final-provisional: $(cat "$work/err")"
grep -q ',rule-unknown-value,' "$case/out/latest/findings.csv" || fail "the trial does not say it"

# Without a lottery ties remain: a trial tells of them, a final run stops.
small_rules "$case" '' child_number
place
first 1011
grep -q ',tie-unbroken,' "$case/out/latest/findings.csv" || fail "tie-unbroken"
"$nyusho" place "$case" --final 2>"$work/err" && fail "a final run with ties"
grep -q '\[final-ties\]' "$work/err" || fail "final-ties"
# So do ties among those who want special seats only.
small_rules "$case" 'special_seats:
  - {id: support, seat: 加配, wording: 加配枠, when: support_seat}' child_number
small_records "$records"
child 101 3 はい '' '' 0101
child 102 3 はい '' '' 0101
printf '%s\n' 0101,1,,0,いいえ 0101,1,加配,1,いいえ 0102,1,,0,いいえ | seats "$case"
place
"$nyusho" place "$case" --final 2>"$work/err" && fail "ties of special seats"
grep -q '\[final-ties\]' "$work/err" || fail "final-ties of special seats"
[ "$failed" -eq 0 ] && echo "lots hold"
exit "$failed"
