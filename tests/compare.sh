#!/usr/bin/env bash
# Who gains and who loses when the rules, the seats or the applicants change, and
# how a result made by hand agrees. compare.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
. tests/made_records.sh

# compare STATUS OPTIONS…: its folder in $folder, what it says in $work/log.
compare() {
    local status=$1
    shift
    "$nyusho" compare "$work/case" "$@" >"$work/log" 2>"$work/err"
    [ $? -eq "$status" ] || fail "status, not $status: $* $(cat "$work/err")"
    folder=$(sed -n 's|^結果: \(.*\)/$|\1|p' "$work/log")
}
said() {
    grep -qF -- "$1" "$work/log" || fail "not said: $1
$(cat "$work/log")"
}
# refused CHECK PLACE OPTIONS…: status 2, one line with that place and check.
refused() {
    local check=$1 place=$2
    shift 2
    compare 2 "$@"
    grep -q -- "$place.*\[$check\]" "$work/err" || fail "$check: $(cat "$work/err")"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$check: more than one line"
}
# column FILE HEADER CHILD: one cell.
column() {
    awk -F, -v name="$2" -v child="$3" '
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); sub(/\r$/, "")
                  for (i = 1; i <= NF; i++) at[$i] = i }
        $at["児童番号"] == child { sub(/\r$/, ""); print $at[name] }' "$1"
}

"$nyusho" --quiet init "$work/case" || fail "init"
echo "世帯番号,時点,出典" >"$work/case/office.csv"
refused no-run out/latest --rules x
make_records "$work/records"
"$nyusho" --quiet import "$work/case" "$work"/records/*.csv >"$work/log" 2>&1
"$nyusho" --quiet run "$work/case" >"$work/log" 2>&1
[ $? -le 1 ] || fail "run: $(cat "$work/log")"
latest=$(readlink "$work/case/out/latest")
placements=$work/case/out/latest/placements.csv

# The case as it is: nothing differs.
compare 0
said "変わらない 300 人"
[ "$(grep -c . "$work/log")" -eq 4 ] || fail "something differs: $(cat "$work/log")"
[ "$(wc -l <"$folder/compare_chains.csv")" -eq 1 ] || fail "somebody moves"

# Other rules: ten more for one parent, hours counted from 130.
sed 's/points: 20}/points: 30}/; s/120h: 16/130h: 16/' "$work/case/rules.yaml" >"$work/b.yaml"
compare 1 --rules "$work/b.yaml"
grep -q "\[rules-untested\]" "$work/err" || fail "untested rules are not said"
said "指数の上がる児童 32 人、下がる児童 30 人"
said "  1. 児童 1025-2 0001→保留 ⇒ 児童 1098-1 保留→0001"
rules=$folder/compare_rules.csv
grep -q "^single-parent,世帯,ひとり親世帯,ひとり親世帯,32,32,640,960" "$rules" || fail "$(cat "$rules")"
grep -q "^work,.*,273,273,8264,8012" "$rules" || fail "two guardians are one child: $(cat "$rules")"
children=$folder/compare_children.csv
[ "$(wc -l <"$children")" -eq 301 ] || fail "not one row for each child"
[ "$(column "$children" "変わった点数" 1062-1)" = "work@1 16→12 single-parent 20→30" ] ||
    fail "lines of 1062-1: $(column "$children" "変わった点数" 1062-1)"
[ "$(column "$children" "変化" 1062-1)" = 良くなる ] || fail "1062-1 gains"
[ "$(column "$children" "差" 1062-1)" = 6 ] || fail "difference of 1062-1"
[ "$(column "$children" "変化" 1025-2)" = 悪くなる ] || fail "1025-2 loses"
# What gains is what the file says gains, and places stay as many.
gains=$(grep -c ",良くなる," "$children")
said "  良くなる $gains 人"
cp -r "$folder" "$work/first"
compare 1 --rules "$work/b.yaml"
diff -r "$folder" "$work/first" || fail "not the same bytes twice"
# The other way round everything is turned around.
compare 0 --from "$work/b.yaml" --rules "$work/case/rules.yaml"
said "指数の上がる児童 30 人、下がる児童 32 人"
said "  悪くなる $gains 人"
[ "$(column "$folder/compare_children.csv" "変わった点数" 1062-1)" = "work@1 12→16 single-parent 30→20" ] ||
    fail "turned around: $(column "$folder/compare_children.csv" "変わった点数" 1062-1)"

# A withdrawn child of the first class goes, and one that waited comes.
printf '世帯番号,児童番号\n1025,1025-2\n' >"$work/w.csv"
compare 0 --withdrawn "$work/w.csv"
said "  良くなる 1 人"
said "  取下げ 1 人"
[ "$(column "$folder/compare_children.csv" "結果 (後)" 1025-2)" = 取下げ ] || fail "1025-2 is gone"
said "  1. 児童 1025-2 0001→取下げ ⇒ 児童 1114-1 保留→0001"
[ "$(column "$folder/compare_children.csv" 連鎖 1114-1)" = 1 ] || fail "1114-1 is in no chain"
grep -q "^1,2,1114,1114-1,3,保留,0001,,枠のない児童が入る" "$folder/compare_chains.csv" ||
    fail "$(cat "$folder/compare_chains.csv")"

# Two more seats: two gain, nobody loses.
sed 's/^0001,3,18,12,0,6/0001,3,18,10,0,8/' "$work/case/seats.csv" >"$work/s.csv"
compare 0 --seats "$work/s.csv"
said "  良くなる 2 人"
grep -q 悪くなる "$work/log" && fail "somebody loses by more seats"
said "  2. 〔増えた枠 0001・3歳〕 児童 1182-1 保留→0001"
compare 0 --seats "$work/s.csv" --json
grep -q '"〔増えた枠 0001・3歳〕 児童 1114-1 保留→0001"' "$work/log" || fail "--json: $(cat "$work/log")"

# By hand: the same, then three of three hundred otherwise.
compare 0 --manual "$placements"
said "一致 100.000 %: 児童 300 人のうち 300 人"
awk -F, -v OFS=, 'NR == 1 { sub(/^\xef\xbb\xbf/, ""); print; next }
    $2 == "1025-2" { $5 = "" } $2 == "1026-1" { $5 = "0002" }
    $2 == "1001-1" { $5 = "0001" } 1' "$placements" >"$work/m.csv"
compare 1 --manual "$work/m.csv"
said "一致 99.000 %: 児童 300 人のうち 297 人"
manual=$folder/compare_manual.csv
[ "$(grep -c ",いいえ," "$manual")" -eq 3 ] || fail "three differ: $(grep いいえ "$manual")"
grep -q "^1025,1025-2,3,,0001,内定,いいえ,第1希望 0001: 内定 (順位 [0-9]*/76" "$manual" ||
    fail "why 1025-2: $(grep ^1025,1025-2 "$manual")"
column "$manual" "規則による理由" 1001-1 | grep -q "^第1希望 0001: .*順位" || fail "why 1001-1: $(grep ^1001 "$manual")"
# What is to be said against it: 1001-1 fills a class beyond its seats; 1026-1 is
# where its class does not exist; 1025-2 is a brother.
said "違い 3 人、つながり 3 組"
said "手作業では枠を超える: 施設 0001 4歳児クラス 1 人"
[ "$(column "$manual" 手作業の点検 1001-1)" = "募集人数を超える: 施設 0001" ] || fail "against 1001-1"
[ "$(column "$manual" 手作業の点検 1026-1)" = "そこに入る対象でない: 施設 0002" ] || fail "against 1026-1"
[ "$(column "$manual" 手作業の点検 1025-2)" = "きょうだいの組合せか順番の違い" ] || fail "against 1025-2"
# The seat of a brother given to the child behind: two differ, one chain.
row() { awk -F, -v child="$1" '$2 == child' "$placements"; }
[[ $(row 1110-1) = *,内定,0001,* && $(row 1114-1) = *,保留,* ]] || fail "1110-1 is not the last one"
by_hand() { # by_hand CHILD=PLACE CHILD=PLACE
    awk -F, -v OFS=, -v a="$1" -v b="$2" '
        BEGIN { split(a, x, "="); split(b, y, "="); to[x[1]] = x[2]; to[y[1]] = y[2] }
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); print; next }
        $2 in to { $5 = to[$2] } 1' "$placements"
}
by_hand 1110-1= 1114-1=0001 >"$work/swap.csv"
compare 1 --manual "$work/swap.csv"
said "違い 2 人、つながり 1 組"
swap=$folder/compare_manual.csv
[ "$(column "$swap" 手作業の点検 1110-1)" = "きょうだいの上の組合せに入れる" ] || fail "against 1110-1"
[ "$(column "$swap" 連鎖 1110-1)" = "$(column "$swap" 連鎖 1114-1)" ] || fail "two chains"
# The seat of a single child so given; then left empty.
single=$(awk -F, '$4 == "内定" && $5 == "0001" && $3 == 3 && $15 == "" { print $2; exit }' "$placements")
by_hand "$single=" 1114-1=0001 >"$work/swap.csv"
compare 1 --manual "$work/swap.csv"
swap=$folder/compare_manual.csv
[ "$(column "$swap" 手作業の点検 1114-1)" = "順位が上の児童を飛ばす: 施設 0001、児童 $single" ] ||
    fail "against 1114-1: $(column "$swap" 手作業の点検 1114-1)"
[ "$(column "$swap" 手作業の点検 "$single")" = "順位が下の児童が入っている: 施設 0001、児童 1114-1" ] || fail "against $single"
grep -v '^1114,1114-1,' "$work/swap.csv" >"$work/empty.csv"
compare 1 --manual "$work/empty.csv"
said "〔順位が下の児童が入っている: 施設 0001、児童 1110-1〕"
by_hand 1102-1= 1110-1= >"$work/empty.csv"
compare 1 --manual "$work/empty.csv"
[ "$(column "$folder/compare_manual.csv" 手作業の点検 1102-1)" = "希望する枠が空いている: 施設 0001" ] ||
    fail "against 1102-1: $(column "$folder/compare_manual.csv" 手作業の点検 1102-1)"
compare 1 --manual "$work/swap.csv" --json
grep -q '"agreement per cent":\s*"99.333"' "$work/log" || fail "--json: $(cat "$work/log")"
head -100 "$work/m.csv" >"$work/part.csv"
compare 1 --manual "$work/part.csv"
said "手作業の結果にない児童 201 人"

[ "$(readlink "$work/case/out/latest")" = "$latest" ] || fail "out/latest has moved"
[ "$(find "$work/case/out" -name run.json | wc -l)" -eq 1 ] || fail "a run was made"

# What cannot be compared has its place.
printf '世帯番号,児童番号\n1025,1025-2\n1025,9\n' >"$work/bad.csv"
refused unknown-child 'bad.csv:3:2:' --withdrawn "$work/bad.csv"
printf '世帯番号\n1025\n' >"$work/bad.csv"
refused missing-column 'bad.csv:1:' --withdrawn "$work/bad.csv"
printf '児童番号,施設番号\n1025-2,0001\n9,\n' >"$work/bad.csv"
refused unknown-child 'bad.csv:3:1:' --manual "$work/bad.csv"
printf '児童番号,施設番号\n1025-2,0001\n1025-2,\n' >"$work/bad.csv"
refused duplicate-child 'bad.csv:3:1:' --manual "$work/bad.csv"
printf '児童番号,施設番号\n1025-2,9999\n' >"$work/bad.csv"
refused unknown-facility 'bad.csv:2:2:' --manual "$work/bad.csv"
refused bad-option --rules --manual "$work/m.csv" --rules "$work/b.yaml"
refused unreadable-file none.yaml --rules "$work/none.yaml"
refused no-run nowhere --run nowhere

[ $failed -eq 0 ] && echo "ok"
exit $failed
