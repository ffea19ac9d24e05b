#!/usr/bin/env bash
# nyusho check: which papers are still to come, household by household, and
# what the cross-checks say, without a run. check_case.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
city=fixtures/city
case=$work/case

rows() { grep -c "^$1," "$case/missing.csv"; }
has() { grep -qF "$1" "$case/missing.csv" || fail "missing.csv has no $1"; }

cp -r "$city/case" "$case"
cp -r "$city/truth/records" "$work/records"
# 27000001: both certificates are in; 27000002: one is, the other not to be
# used; 27000003: one paper whose type nobody has named. Nobody knows why
# 27000004's first guardian needs care.
cat >"$work/records/document.csv" <<'CSV'
世帯番号,連番,書類,対象者,書類受付日,処理状況
27000001,1,employment-certificate,1,2026-11-02,反映
27000001,2,employment-certificate,2,2026-11-02,確認
27000002,1,employment-certificate,1,2026-11-02,受領
27000002,2,employment-certificate,2,2026-11-02,不使用
27000003,1,,,2026-11-04,受領
CSV
sed -i '/^27000004,1,/d' "$work/records/reason.csv"
"$nyusho" --quiet import "$case" "$work/records" \
    "$city/case/reason-decided.csv" 2>"$work/err"
[ $? -le 1 ] || { cat "$work/err"; exit 1; }

"$nyusho" check "$case" >"$work/out" 2>"$work/err"
[ $? -eq 1 ] || fail "papers are missing, but the status is not 1"
grep -q Sanitizer "$work/err" && fail "sanitizer"
[ "$(rows 27000001)" = 0 ] || fail "27000001 has brought everything"
[ "$(rows 27000002)" = 1 ] || fail "27000002 lacks one"
has '27000002,保護者,2,,就労証明書,employment-certificate,就労,不使用,0,2026-11-30'
has '27000003,保護者,1,,就労証明書,employment-certificate,就労,未着,1,2026-11-30'
grep -q '^27000004,保護者,1,' "$case/missing.csv" && fail "asked for a paper without a reason"
grep -q '世帯 27000004 人 1.*reason-missing' "$case/checks.csv" ||
    fail "a guardian without a reason is not said"
grep -q '事由の分からない保護者 *1$' "$work/out" || fail "the short table lacks a check"
grep -q "書式" "$case/missing.csv" && fail "a name nobody asked for"
[ "$(stat -c %a "$case/missing.csv" "$case/checks.csv" | sort -u)" = 600 ] ||
    fail "others can read it"

# With names, for letters and calls; in English; as JSON.
"$nyusho" check "$case" --names >/dev/null 2>&1
grep -q '^27000002,.*,見本　' "$case/missing.csv" || fail "no names with --names"
"$nyusho" check "$case" --lang en --json --out "$work/elsewhere" >"$work/json" 2>/dev/null
grep -q '"findings":1' "$work/json" || fail "the findings are not counted"
head -1 "$work/elsewhere/missing.csv" | grep -q household || fail "no English"

# A city that asks for nothing, and a household set right: all is well.
printf 'format: nyusho-documents/1\ndocuments:\n' >"$case/documents.yaml"
"$nyusho" --quiet import "$case" "$city/truth/records" \
    "$city/case/reason-decided.csv" 2>/dev/null
"$nyusho" check "$case" >"$work/out" 2>&1 || { fail "not done"; cat "$work/out"; }

exit $failed
