#!/usr/bin/env bash
# A second round of 見本市 after the first: withdrawals, every policy, the chains
# they set off, a third round, a month's round, and facilities outside the city;
# each verified from its files alone, and a changed one noticed.
# later_round.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
city=fixtures/city
case=$work/case

# rounds WORDS: what nyusho.yaml says of later rounds; nothing: not a word.
rounds() {
    cp "$city/case/nyusho.yaml" "$case/nyusho.yaml"
    [ -z "$1" ] || echo "rounds: {$1}" >>"$case/nyusho.yaml"
}
# withdrawn ROW…: the file of withdrawals.
withdrawn() {
    printf '%s\n' "児童番号,種別,日付,備考" "$@" >"$work/w.csv"
}
# round OPTIONS…: made after the first, or after $after; its folder in $out.
round() {
    "$nyusho" place "$case" --after "${after:-$first}" "$@" >"$work/log" 2>"$work/err"
    local status=$?
    [ "$status" -le 1 ] || fail "$* $(cat "$work/err")"
    out=$(sed -nE 's/^(結果|results): (.*)\/$/\2/p' "$work/log")
    "$nyusho" verify "$case" "$(basename "$out")" >"$work/verify" || fail "verify: $(cat "$work/verify")"
}
# refused CHECK PLACE OPTIONS…: status 2, one line with that place and check.
refused() {
    local check=$1 place=$2
    shift 2
    "$nyusho" place "$case" --after "${after:-$first}" "$@" >"$work/log" 2>"$work/err"
    [ $? -eq 2 ] || fail "$check: status"
    grep -q -- "$place.*\[$check\]" "$work/err" || fail "$check: $(cat "$work/err")"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$check: more than one line: $(cat "$work/err")"
}
said() {
    grep -qF -- "$1" "$work/log" || fail "not said: $1
$(cat "$work/log")"
}
# cell FILE HEADER CHILD: one cell of a child's row.
cell() {
    awk -F, -v name="$2" -v child="$3" '
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); sub(/\r$/, "")
                  for (i = 1; i <= NF; i++) at[$i] = i }
        $at["児童番号"] == child { sub(/\r$/, ""); print $at[name] }' "$1"
}
# is FILE HEADER CHILD WANTED
is() {
    [ "$(cell "$1" "$2" "$3")" = "$4" ] || fail "$(basename "$1") $2 of $3: $(cell "$1" "$2" "$3"), not $4"
}

cp -r "$city/case" "$case"
chmod 700 "$case"
"$nyusho" import "$case" "$city/truth/records" \
    "$city"/case/{manual_points,events,reason-decided}.csv >"$work/log" 2>&1
"$nyusho" run "$case" --final >"$work/log" 2>"$work/err"
[ $? -le 1 ] || { cat "$work/err"; exit 1; }
first=$(readlink "$case/out/latest")

# ---- what is refused, with its row and column ----

withdrawn "2700002901,取下げ,2027-02-09,"
refused round-unsaid nyusho.yaml --withdrawn "$work/w.csv"
rounds "policy: 空いた枠のみ"
refused no-run out/0000000000000000 --after 0000000000000000
"$nyusho" place "$case" --withdrawn "$work/w.csv" >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q "\[bad-option\]" "$work/err" || fail "--withdrawn alone: $(cat "$work/err")"
for bad in fixtures/withdrawals/bad-*.csv; do
    check=$(basename "$bad" .csv)
    check=${check#bad-}
    refused "${check%-empty}" "$(basename "$bad"):[1-9]" --withdrawn "$bad"
done
withdrawn "2700009999,辞退,2027-02-09,"
refused unknown-child w.csv:2:1 --withdrawn "$work/w.csv"
withdrawn "2700002901,取下げ,2027-02-09," "2700001201,辞退,2027-02-09,"
refused withdrawn-nothing w.csv:3:2 --withdrawn "$work/w.csv"
withdrawn "2700002901,転園辞退,2027-02-09,"
refused withdrawn-nothing w.csv:2:2 --withdrawn "$work/w.csv"
withdrawn "2700001901,取下げ,2027-02-09,"
refused withdrawn-before w.csv:2:1 --withdrawn "$work/w.csv"
withdrawn "2700000301,転園辞退,2027-02-09,"
refused declined-unsaid w.csv:2:2 --withdrawn "$work/w.csv"
printf '世帯番号,児童番号,種別,日付\n27000099,2700002901,取下げ,2027-02-09\n' >"$work/w.csv"
refused household-differs w.csv:2:2 --withdrawn "$work/w.csv"
# The old place was given away: back there, the class would have one too many.
rounds "policy: 空いた枠のみ, declined_transfer: 元の席に残る"
withdrawn "2700000301,転園辞退,2027-02-09,"
refused seats-short seats.csv --withdrawn "$work/w.csv"

# ---- only freed seats ----

rounds "policy: 空いた枠のみ, declined_transfer: 元の席を失う"
withdrawn "2700002201,辞退,2027-02-10,転居" "2700000301,転園辞退,2027-02-12," "2700002901,取下げ,2027-02-09,"
round --withdrawn "$work/w.csv" --final
freed=$(basename "$out")
[ "$freed" != "$first" ] || fail "the same number as the first round"
is "$out/placements.csv" 結果 2700002901 取下げ
is "$out/placements.csv" 結果 2700002201 辞退
is "$out/placements.csv" 結果 2700000301 辞退
is "$out/placements.csv" 結果 2700002301 前回内定
is "$out/placements.csv" 施設番号 2700002301 0101
is "$out/placements.csv" 結果 2700001201 内定
is "$out/placements.csv" 施設番号 2700001201 0101
is "$out/round.csv" この回 2700001201 待機
is "$out/round.csv" この回 2700002301 内定
is "$out/round.csv" 備考 2700002201 転居
said "2027-02-10 児童 2700002201 辞退: 施設 0101・0歳の席が空く
  〔空いた枠〕 児童 2700001201 保留→0101 〔枠のない児童が入る〕"
grep -q "\"after run\":.*\"$first\"" "$out/run.json" || fail "run.json: after which run"
grep -q '"policy":.*"freed"' "$out/run.json" || fail "run.json: policy"
# Whoever was placed and did not withdraw is where it was.
awk -F, 'NR > 1 && ($4 == "内定" || $4 == "転園内定") { print $2, $5 }' "$case/out/$first/placements.csv" |
    while read -r child seat; do
        case $child in 2700002901 | 2700002201 | 2700000301) continue ;; esac
        [ "$(cell "$out/placements.csv" 施設番号 "$child")" = "$seat" ] || echo "$child"
    done >"$work/lost"
[ ! -s "$work/lost" ] || fail "decisions lost: $(tr '\n' ' ' <"$work/lost")"
round --withdrawn "$work/w.csv" --final
[ "$(basename "$out")" = "$freed" ] || fail "an equal round has another number"
round --final
[ "$(basename "$out")" != "$freed" ] || fail "without withdrawals the same number"
[ "$(grep -c . "$out/chains.csv")" -eq 1 ] || fail "chains without a withdrawal"

# ---- everyone again ----

rounds "policy: 全員再選考, declined_transfer: lose"
withdrawn "2700002901,取下げ,2027-02-09," "2700000301,転園辞退,2027-02-12,"
round --withdrawn "$work/w.csv"
said "2027-02-09 児童 2700002901 取下げ: 施設 0102・0歳の席が空く
  〔空いた枠〕 児童 2700002301 0101→0102 ⇒ 児童 2700001101 0104→0101 〔枠が空く〕"
tr -d '\r' <"$out/chains.csv" | sed '1s/^\xef\xbb\xbf//' >"$work/chains"
cat >"$work/expected" <<'END'
届,届の児童,種別,日付,空いた施設,空いたクラス,連鎖,順,児童番号,世帯番号,クラス,前,後,始まり,終わり,実行区分
1,2700002901,取下げ,2027-02-09,0102,0,1,1,2700002301,27000023,0,0101,0102,空いた枠,,試算
1,2700002901,取下げ,2027-02-09,0102,0,1,2,2700001101,27000011,0,0104,0101,,枠が空く,試算
2,2700000301,転園辞退,2027-02-12,0102,2,1,1,2700002401,27000024,2,0106,0102,空いた枠,枠が空く,試算
END
cmp "$work/chains" "$work/expected" || fail "chains.csv: $(cat "$work/chains")"
is "$out/placements.csv" 希望順位 2700002301 1
"$nyusho" explain "$case" 2700002901 >"$work/log" 2>&1
said "前回 (実行 $first): 内定 0102 — この回では 届出"
said "児童 2700002301 0101→0102"
printf '世帯番号,児童番号\n27000036,2700003601\n' >"$work/withdrawn.csv"
"$nyusho" compare "$case" --withdrawn "$work/withdrawn.csv" >"$work/log" 2>"$work/err"
[ $? -le 1 ] || fail "compare after a later round: $(cat "$work/err")"
grep -q '増えた枠' "$work/log" && fail "a seat that a child gives back is no seat more: $(cat "$work/log")"
round --withdrawn "$work/w.csv" --lang en
grep -q "^.*freed seat" "$out/chains.csv" || fail "--lang en: $(cat "$out/chains.csv")"
head -1 "$out/cutoffs.csv" | grep -q ",staying,seats freed by transfers,seats left," || fail "--lang en: $(head -1 "$out/cutoffs.csv")"

# ---- a third round after the second, with what came back free in both ----

rounds "policy: 空いた枠のみ, declined_transfer: lose"
after=$freed
withdrawn "2700003601,辞退,2027-03-01,"
round --withdrawn "$work/w.csv" --final
is "$out/placements.csv" 結果 2700000301 辞退
is "$out/placements.csv" 結果 2700001201 前回内定
is "$out/round.csv" この回 2700000301 前回まで
withdrawn "2700002201,辞退,2027-03-01,"
refused withdrawn-before w.csv:2:1 --withdrawn "$work/w.csv"
unset after

# ---- a transfer declined, back at the old place ----

rounds "policy: 新規と同順, declined_transfer: 元の席に残る"
cp "$case/seats.csv" "$work/seats.csv"
sed -i 's/^0101,2,12,12,1,0,/0101,2,13,12,1,1,/' "$case/seats.csv"
withdrawn "2700000301,辞退,2027-02-12,"
round --withdrawn "$work/w.csv"
is "$out/placements.csv" 結果 2700000301 在園継続
is "$out/placements.csv" 理由 2700000301 R7
is "$out/round.csv" 席 2700000301 0101
cp "$work/seats.csv" "$case/seats.csv"

# ---- new and waiting together, waiting first, and new ones without a part ----

printf '世帯番号,児童番号,児童生年月日\n27000091,2700009101,2026-05-05\n' >"$work/child.csv"
printf '世帯番号,児童番号,連番,希望施設番号\n27000091,2700009101,1,0101\n27000091,2700009101,2,0107\n' >"$work/preference.csv"
printf '世帯番号,人番号,続柄,保護者の有無\n27000091,1,父,はい\n27000091,2,母,はい\n' >"$work/guardian.csv"
printf '世帯番号,人番号,連番,事由\n27000091,1,1,災害\n27000091,2,1,災害\n' >"$work/reason.csv"
"$nyusho" import "$case" "$work"/{child,preference,guardian,reason}.csv >"$work/log" 2>&1
withdrawn "2700002201,辞退,2027-02-10,"
rounds "policy: 新規と同順"
round --withdrawn "$work/w.csv"
is "$out/placements.csv" 施設番号 2700009101 0101
is "$out/placements.csv" 結果 2700001201 保留
is "$out/round.csv" この回 2700009101 新規
cp -r "$out" "$work/together"
rounds "policy: 待機優先"
round --withdrawn "$work/w.csv"
is "$out/placements.csv" 施設番号 2700001201 0101
is "$out/placements.csv" 施設番号 2700009101 0107
cp -r "$out" "$work/first"
rounds "policy: 空いた枠のみ"
round --withdrawn "$work/w.csv"
is "$out/placements.csv" 結果 2700009101 保留
is "$out/placements.csv" 理由 2700009101 R21
cp -r "$out" "$work/freed"
# An event of the case is a withdrawal too.
printf '世帯番号,児童番号,種別,日付,内容\n27000022,2700002201,辞退,2027-02-10,電話\n' >"$work/events.csv"
cp -r "$case" "$work/other"
"$nyusho" import "$work/other" "$work/events.csv" >/dev/null 2>&1
"$nyusho" place "$work/other" --after "$first" >"$work/log" 2>"$work/err"
is "$work/other/out/latest/placements.csv" 施設番号 2700001201 0101
is "$work/other/out/latest/round.csv" 備考 2700002201 電話

# ---- verify, with each file changed ----

changed() { # changed RUN FILE SED CHECK: verify must not pass, and names CHECK
    rm -rf "$case/out/copy"
    cp -r "$work/$1" "$case/out/copy"
    sed -i "$3" "$case/out/copy/$2"
    cmp -s "$case/out/copy/$2" "$work/$1/$2" && fail "$2: nothing was changed"
    "$nyusho" verify "$case" copy >"$work/verify" 2>&1 && fail "verify passed a changed $2"
    grep -q "× $4" "$work/verify" || fail "$2, not found: $4
$(cat "$work/verify")"
}
changed freed placements.csv '/^27000023,/s/前回内定,0101/前回内定,0102/' 前回の内定が失われていない
changed freed placements.csv '/^27000022,/s/辞退,,/内定,0101,/' 取り下げた児童
changed freed placements.csv '/^27000091,/s/保留,,/内定,0107,/' 辞退で空いた枠だけ
changed freed placements.csv '/^27000091,/d' 'placements.csv に全児童'
changed freed inputs/market.json 's/"seats": *\[1, *0/"seats": [2, 0/' この回の枠
changed freed inputs/market.json 's/"seats": *\[1, *0/"groups": [[0, 1]], "seats": [1, 0/' '募集人数が seats.csv'
changed freed inputs/seats.csv 's/^0101,0,6,3,0,3,/0101,0,6,3,0,2,/' この回の枠
changed freed inputs/withdrawn.csv 's/2700002201/2700003601/' 前回の内定が失われていない
changed freed inputs/earlier/placements.csv '/^27000023,/s/内定,0101/内定,0102/' 前回の結果が、その実行
changed first inputs/nyusho.yaml 's/待機優先/新規と同順/' 施設ごとの順位
changed together inputs/nyusho.yaml 's/新規と同順/待機優先/' 待っていた児童が
rm -rf "$case/out/copy"

# ---- only a final run follows a final one, and only one that is whole ----

after=$(basename "$(readlink -f "$case/out/latest")")
"$nyusho" place "$case" --after "$after" --final >/dev/null 2>"$work/err"
grep -q "\[final-earlier\]" "$work/err" || fail "a final run after a trial: $(cat "$work/err")"
cp -r "$case/out/$first" "$work/spoilt"
sed -i 's/内定/保留/' "$work/spoilt/placements.csv"
after=$work/spoilt
refused earlier-changed placements.csv
unset after

# ---- a month's round in a case of its own: what was decided is enrolled ----

month=$work/month
mkdir -p "$month"
cp "$city"/case/* "$month"
sed -i 's/^round: .*/round: 2027-05/; s/^entry_date: .*/entry_date: 2027-05-01/; s/^deadline: .*/deadline: 2027-04-10/' "$month/nyusho.yaml"
echo "rounds: {policy: 待機優先, earlier: 在園}" >>"$month/nyusho.yaml"
# 見本中央保育所 has one seat for class 0, the others none.
awk -F, -v OFS=, 'NR > 1 { $6 = ($1 == "0101" && $2 == 0) } { print }' "$city/case/seats.csv" >"$month/seats.csv"
"$nyusho" export "$case" --out "$work/records" >/dev/null 2>&1
for file in "$work"/records/*.csv; do # 0011 waits, 0012 waits, 0023 was placed at its second wish; the new one
    awk 'NR == 1 || /^270000(12|23|91|14)/' "$file" >"$work/part" && mv "$work/part" "$file"
done
"$nyusho" import "$month" "$work"/records/*.csv >"$work/log" 2>&1
"$nyusho" place "$month" --after "$case/out/$first" >"$work/log" 2>"$work/err"
[ $? -le 1 ] || fail "a month's round: $(cat "$work/err")"
out=$month/out/latest
is "$out/round.csv" この回 2700002301 在園
is "$out/placements.csv" 結果 2700002301 在園継続
is "$out/placements.csv" 転園元 2700002301 0101
is "$out/placements.csv" 施設番号 2700001201 0101
is "$out/placements.csv" 結果 2700009101 保留
is "$out/round.csv" この回 2700003601 申込なし
printf '児童番号,種別,日付\n2700002301,退園,2027-04-05\n' >"$work/w.csv"
"$nyusho" place "$month" --after "$case/out/$first" --withdrawn "$work/w.csv" >/dev/null 2>"$work/err"
grep -q "w.csv:2:2.*\[withdrawn-enrolled\]" "$work/err" || fail "one that is enrolled leaves: $(cat "$work/err")"
# In such a case the first round's children are missing if they are only 内定.
sed -i 's/earlier: 在園/earlier: 内定/' "$month/nyusho.yaml"
"$nyusho" place "$month" --after "$case/out/$first" >/dev/null 2>"$work/err"
grep -q "\[held-missing\]" "$work/err" || fail "decisions without an application: $(cat "$work/err")"

# ---- outside the city ----

out=$work/outside
cp -r "$city/case" "$out"
cp -r "$city/truth/records" "$work/outside-records"
echo "0901,隣町保育園,管外,,,隣町,," >>"$out/nurseries.csv"
# 0012 asks only there; 0035 asks there first; 0014 is a child from outside.
sed -i '/^27000012,/d' "$work/outside-records/preference.csv"
printf '27000012,2700001201,1,0901%s\n' "$(head -1 "$work/outside-records/preference.csv" | sed 's/[^,]//g; s/^,,,//')" >>"$work/outside-records/preference.csv"
"$nyusho" import "$out" "$work/outside-records" "$city"/case/{manual_points,events,reason-decided}.csv >"$work/log" 2>&1
"$nyusho" run "$out" --final >"$work/log" 2>"$work/err"
[ $? -le 1 ] || fail "a facility outside the city: $(cat "$work/err")"
is "$out/out/latest/placements.csv" 結果 2700001201 管外協議
is "$out/out/latest/placements.csv" 理由 2700001201 R22
"$nyusho" verify "$out" >"$work/verify" || fail "verify: $(cat "$work/verify")"
cp -r "$(readlink -f "$out/out/latest")" "$work/elsewhere"
changed elsewhere placements.csv '/^27000012,/d' 'placements.csv に全児童'
printf '世帯番号,児童番号,種別,日付,内容\n27000012,2700001201,管外内定,2027-02-01,0901\n' >"$work/events.csv"
"$nyusho" import "$out" "$work/events.csv" >/dev/null 2>&1
"$nyusho" run "$out" --final >"$work/log" 2>"$work/err"
is "$out/out/latest/placements.csv" 結果 2700001201 管外内定
# Children from outside come after the city's own, by the phases of the rules.
sed 's/^method: .*/&\nphases:\n  - {id: own, wording: 市内の児童, when: not outside_city}\n  - {id: outside, wording: 管外の児童}/' \
    rules/urasoe-r8.yaml >"$out/rules.yaml"
sed -i 's/^rules: .*/rules: rules.yaml/' "$out/nyusho.yaml"
awk -F, -v OFS=, '
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "市外児童") at = i }
    $2 == "2700004001" && $at != "" { $at = "はい" } { print }' "$city/case/office.csv" >"$out/office.csv"
cmp -s "$out/office.csv" "$city/case/office.csv" && fail "nobody is from outside"
"$nyusho" run "$out" >"$work/log" 2>"$work/err"
[ $? -le 1 ] || fail "children from outside: $(cat "$work/err")"
last=$(awk -F, '$1 == "0101" && $3 == 1 { child = $8 } END { print child }' "$out/out/latest/ranking.csv")
[ "$last" = 2700004001 ] || fail "a child from outside is not the last: $last"
is "$out/out/latest/placements.csv" 結果 2700004001 内定

[ "$failed" -eq 0 ] && echo "later rounds stand"
exit "$failed"
