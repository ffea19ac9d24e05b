#include "cli/verify_proof.h"

#include "cli/out_folder.h"
#include "core/file.h"

#include <cjson/cJSON.h>
#include <string.h>

#define MAX_FILE ((size_t)1 << 30)

static void read_bounds(const cJSON *proof, const char *name, size_t *bounds)
{
    const cJSON *o = cJSON_GetObjectItem(proof, name);
    const cJSON *low = cJSON_GetObjectItem(o, "at_least");
    const cJSON *high = cJSON_GetObjectItem(o, "at_most");
    bounds[0] = cJSON_IsNumber(low) ? (size_t)low->valuedouble : 0;
    bounds[1] = cJSON_IsNumber(high) ? (size_t)high->valuedouble : SIZE_MAX;
}

/* proof.json says so; in a result file only the optimum is canonical. */
static bool is_optimum(const cJSON *o, const cJSON *proof)
{
    const char *official =
        cJSON_GetStringValue(cJSON_GetObjectItem(o, "official"));
    return official ? strcmp(official, "optimum") == 0
                    : cJSON_IsTrue(cJSON_GetObjectItem(proof, "canonical"));
}

/* Of one market: the whole of a file, or what it says of a phase. */
static void read_one(const cJSON *o, struct market *m,
                     struct claimed_proof *out)
{
    const cJSON *proof = cJSON_GetObjectItem(o, "proof");
    m->optimum = is_optimum(o, proof);
    *out = (struct claimed_proof){.any = m->optimum || cJSON_IsObject(proof)};
    read_bounds(proof, "blocking", out->blocking);
    read_bounds(proof, "placed", out->placed);
}

static cJSON *read_file(struct cli *c, const char *path)
{
    size_t len;
    const char *bytes = file_read(path, MAX_FILE, &c->mem, &len, &c->diag);
    cJSON *o = bytes ? cJSON_ParseWithLength(bytes, len) : NULL;
    if (bytes && !cJSON_IsObject(o))
        run_damaged(c, path);
    if (cJSON_IsObject(o))
        return o;
    cJSON_Delete(o);
    return NULL;
}

bool verify_proof_read(struct cli *c, const char *path, struct market *m,
                       struct claimed_proof *out)
{
    cJSON *o = read_file(c, path);
    if (o)
        read_one(o, m, out);
    cJSON_Delete(o);
    return o != NULL;
}

bool verify_proofs_read(struct cli *c, const char *path, struct verify_run *v,
                        struct claimed_proof *out)
{
    cJSON *o = read_file(c, path);
    const cJSON *list = cJSON_GetObjectItem(o, "phases");
    bool phases = v->phases[0].phase != NULL;
    /* Runs of earlier versions proved nothing of phases. */
    bool whole =
        o &&
        (!list || (phases && cJSON_GetArraySize(list) == (int)v->n_phases));
    for (size_t p = 0; whole && p < v->n_phases; p++)
        read_one(phases ? cJSON_GetArrayItem(list, (int)p) : o,
                 &v->phases[p].market, &out[p]);
    cJSON_Delete(o);
    return whole || (o && run_damaged(c, path));
}

static void check_blocking(const struct claimed_proof *p, bool optimum,
                           size_t entries, struct diag *said)
{
    if (entries < p->blocking[0])
        diag_error(said, POS_FILE("proof"), "proof-differs",
                   "移れる組合せは %zu 件で、証明された最少の %zu 件より少ない",
                   "%zu entries block, fewer than the proven least of %zu",
                   entries, p->blocking[0]);
    else if (optimum &&
             (p->blocking[0] != p->blocking[1] || entries != p->blocking[1]))
        diag_error(said, POS_FILE("proof"), "proof-differs",
                   "移れる組合せは %zu 件で、証明された最少 (%zu 件) では"
                   "ありません",
                   "%zu entries block, which is not the proven least of %zu",
                   entries, p->blocking[0]);
}

size_t verify_proof_check(const struct claimed_proof *p,
                          const struct verify_phase *x, struct diag *said)
{
    size_t placed = 0;
    for (size_t i = 0; i < x->held.n; i++)
        placed += x->held.place[i] != MARKET_NONE;
    if (p->any)
        check_blocking(p, x->market.optimum, x->verdict.syy.entries, said);
    if (x->market.optimum &&
        (p->placed[0] != p->placed[1] || placed != p->placed[1]))
        diag_error(said, POS_FILE("proof"), "proof-differs",
                   "席のある児童は %zu 人で、証明された最多 (%zu 人) では"
                   "ありません",
                   "%zu children hold a place, which is not the proven most "
                   "of %zu",
                   placed, p->placed[1]);
    return p->any;
}
