#!/usr/bin/env bash
# A child that has a place and writes it among its wishes: what stands below it
# cannot better it, alone; with brothers and sisters staying counts as that
# wish. own_place.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
case=$work/case records=$work/records
. tests/small_case.sh

pattern() { # pattern HOUSEHOLD SIBLING-CONDITION
    grep -q きょうだい "$records/household.csv" || sed -i -e '1s/$/,きょうだい同時申込の条件/' -e '2,$s/$/,/' "$records/household.csv"
    sed -i "s/^\($1,.*\),$/\1,$2/" "$records/household.csv"
}
small_case "$case"
printf '%s\n' 0103,そら,保育所 >>"$case/nurseries.csv"
small_rules "$case" ''

# Alone: 0102 is full, and 0103, which it wrote below its own, is for 3011.
printf '%s\n' 0101,1,,0,いいえ 0102,1,,0,いいえ 0103,1,,1,いいえ | seats "$case"
for method in stable points_order preference_rounds; do
    small_rules "$case" "method: $method"
    small_records "$records"
    child 201 9 いいえ 0101 '' 0102 0101 0103
    child 301 5 いいえ '' '' 0103
    place
    holds 2011 0101 ''
    [ "$(cell 2011 結果)" = 在園継続 ] || fail "$method: $(cell 2011 結果)"
    holds 3011 0103 ''
    tr -d '\r' <"$case/out/latest/ranking.csv" | grep -q '^0103,.*,2011,' && fail "$method: 2011 stands in the order of 0103"
    [ "$method" != preference_rounds ] || continue # 0103 is not its first wish
    # Not written, its own place comes after every wish.
    small_records "$records"
    child 201 9 いいえ 0101 '' 0102 0103
    child 301 5 いいえ '' '' 0103
    place
    holds 2011 0103 ''
    holds 3011 '' ''
done
small_rules "$case" ''

# Two of a household: 2011 keeps its place, and its brother has 0103.
printf '%s\n' 0101,1,,0,いいえ 0102,1,,0,いいえ 0103,1,,2,いいえ | seats "$case"
siblings() { # siblings CONDITION
    small_records "$records"
    child 201 9 いいえ 0101 '' 0102 0101 0103
    child 201 9 いいえ '' '' 0103
    pattern 201 "$1"
    place
}
siblings '別保順次(希)'
holds 2011 0101 ''
holds 2012 0103 ''
# Where they must be at one facility it moves to be with its brother.
siblings '別保順次(同)'
holds 2011 0103 ''
holds 2012 0103 ''
# Without a seat for the brother nobody moves down.
printf '%s\n' 0101,1,,0,いいえ 0102,1,,1,いいえ 0103,1,,0,いいえ | seats "$case"
small_records "$records"
child 201 9 いいえ 0101 '' 0101 0102
child 201 9 いいえ '' '' 0103
pattern 201 '別保順次(希)'
place
holds 2011 0101 ''
holds 2012 '' ''

[ "$failed" -eq 0 ] && echo "nobody moves below its own place"
exit "$failed"
