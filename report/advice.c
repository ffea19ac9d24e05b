/*
 * What to do about a finding, by check name. To add one: a row here; the check
 * name stands where the message is written. A message that already says what
 * to do needs no row.
 */
#include "report/outputs.h"

#include <string.h>

static const struct {
    const char *check;
    struct label advice;
} advice[] = {
    {"bad-encoding",
     {"Excel では「CSV UTF-8」で保存し直してください",
      "save it again as UTF-8 (in Excel: CSV UTF-8)"}},
    {"blank-page",
     {"裏面の白紙なら対応は不要です", "nothing, if it is a blank back"}},
    {"certificate-without-application",
     {"申込書が届いているか受付簿で確かめ、届いたら読み取ってください",
      "look for the application and read it"}},
    {"cover-count",
     {"束の枚数を数え、欠けたページを読み取り直してください",
      "count the pages of the batch and scan the missing ones"}},
    {"duplicate-facility",
     {"nurseries.csv の施設番号を1行だけにしてください",
      "keep one row of each facility in nurseries.csv"}},
    {"duplicate-page",
     {"同じページです。2度目は使いません",
      "the same page again; the second is not used"}},
    {"empty-folder",
     {"スキャンした画像か PDF をフォルダーに入れてください",
      "put scanned images or PDFs into the folder"}},
    {"encrypted-pdf",
     {"パスワードを外して保存し直してください",
      "save it again without a password"}},
    {"form-not-found",
     {"様式が違えば種類を指定し、同じ様式ならスキャンし直してください",
      "file it by its type, or scan it again"}},
    {"form-version",
     {"その年度の様式ファイルを forms に加えてください",
      "add the template of that version to the case"}},
    {"image-too-large",
     {"300 dpi で A4 のままスキャンし直してください",
      "scan it again as A4 at 300 dpi"}},
    {"not-an-image",
     {"画像か PDF ではありません。元のファイルを確かめてください",
      "it is no image or PDF; look at the original"}},
    {"reader-crashed",
     {"ページは人が見て入力し、ファイルを保守担当に渡してください",
      "enter the page by hand and keep the file for support"}},
    {"rule-always-fired",
     {"基準表と見比べ、条件が広すぎないか確かめてください",
      "compare it with the printed table: is its condition too wide?"}},
    {"rule-never-fired",
     {"基準表と見比べ、その加点に必要な項目が申込みや庁内情報に入っているか"
      "確かめてください",
      "see whether what it asks for was entered at all, and compare it with "
      "the "
      "printed table"}},
    {"rule-unknown-value",
     {"申込書か office.csv の値を確かめて取り込んでください",
      "find the value on the form or in office.csv and import it"}},
    {"rules-untested",
     {"nyusho rules test で合わない例を確かめ、規則か例を直してください",
      "see nyusho rules test, and mend the rules or the examples"}},
    {"seats-unknown",
     {"seats.csv の募集人数を確認して記入してください",
      "fill in the offered seats in seats.csv"}},
    {"tie-unbroken",
     {"規則の order に、抽選 (lottery) など差のつく順位を加えてください",
      "add a key to the order that tells them apart, such as lottery"}},
    {"truncated-image",
     {"途中で切れています。スキャンし直してください",
      "the file is cut short; scan it again"}},
    {"unknown-facility",
     {"施設番号を nurseries.csv と照らして直してください",
      "correct the number by nurseries.csv"}},
    {"unwritable-file",
     {"書込み権限と空き容量を確かめてください",
      "check permission and free space"}},
};

struct label advice_find(const char *check)
{
    for (size_t i = 0; i < sizeof advice / sizeof advice[0]; i++)
        if (strcmp(advice[i].check, check) == 0)
            return advice[i].advice;
    return (struct label){"", ""};
}
