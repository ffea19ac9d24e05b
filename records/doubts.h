/*
 * doubts.csv: what a person must look at, and the answers filled in.
 *
 * Columns: 疑義番号, 世帯番号, 児童番号, 人番号, 連番, ファイル, ページ, 欄,
 * 項目, 登録先, 読取値, 次候補, 確信度, 理由, 内容, 位置, 本実行に必要,
 * 正しい値, 確認者. The last two are empty while a doubt is open: a person
 * fills them. Rows are those of case_doubts(), in its order.
 *
 * What may stand in 正しい値, by kind of doubt (empty: no answer yet):
 *
 * - a field: the right value, as value_parse() takes it; = confirms the read
 *   value; #空欄 the box is empty on paper; #該当なし; #判読不能
 * - whose page: 世帯番号 or 世帯番号/児童番号; of a certificate 世帯番号/人番号
 *   or 世帯番号/人番号/連番; = or 採用 the proposal; 不採用 it is not used
 * - what page: 書類名 (of the household proposed) or 世帯番号/書類名; 不採用
 * - certificate of one who has another: 差替え (replaces it), 追加 (second
 * job), 不採用 (not used); = or 採用 what is proposed
 * - yes or no (cover-count, late-document): 採用 or =; 不採用
 * - a child's number: = the proposed one, or the right one
 *
 * 確認者 is who looked: one name, or several (佐藤、鈴木) who all did. Fields
 * of policy.yaml's two_people stay open until two people have said the same.
 */
#ifndef NYUSHO_RECORDS_DOUBTS_H
#define NYUSHO_RECORDS_DOUBTS_H

#include "core/csv.h"
#include "records/case_db.h"

/* What was read and answered of the address of a household that is hidden in
 * `set` (protect.h) becomes ADDRESS_HIDDEN, here and in the question. */
void doubts_hide(struct case_doubt *doubts, size_t n,
                 const struct record_set *set);
/* Fills `out`; the caller finishes and releases it. */
void doubts_write(const struct case_doubt *doubts, size_t n,
                  struct csv_style style, enum lang lang,
                  struct csv_writer *out);

/* Takes the answers of a filled file, all of them or, when one is wrong, none.
 * Each wrong one is one line with its place: "unknown-doubt",
 * "answer-without-name" (確認者 is empty), "answer-nothing-read" (= where
 * nothing was read), "answer-hidden" (= where the address was kept back),
 * "answer-stale" (= where the page was read otherwise since the file was
 * written), "answer-conflict" (one doubt, two answers), "bad-answer",
 * "unknown-column" (疑義番号, 正しい値 or 確認者 missing), value_parse()'s and
 * the CSV ones. An answer already taken is fine. *taken (may be NULL) counts
 * doubts with a new answer; assemble() makes them count.
 */
bool doubts_import(struct case_db *db, const struct dictionary *dict,
                   const char *bytes, size_t len, const char *name,
                   size_t *taken, struct diag *d);

/* Is `text` an answer this doubt takes? The checks of doubts_import(), for the
 * desk. */
bool doubt_answer_check(const struct case_doubt *doubt,
                        const struct dictionary *dict, const char *text,
                        struct pos at, struct diag *d);

#endif
