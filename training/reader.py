"""The network of src/extract/claims/reader.rs: how it is taught, for training/claims.py.

Two steps. `follow` teaches it, without labels, what MiniLM's last layers make of each word of plain sentences (160 main
components, found over the means of sentences): this gives the vectors of words and the layers. `learn` then trains the
network on the labels and on what the teacher (minilm.py) says of them and of plain sentences. One seed; weights differ in
the last digits from machine to machine. The last network learns from the mean of what the folds' teachers say.
"""
import math, struct, sys
import jax, jax.numpy as jnp, numpy as np, optax

D, V, S, WRITINGS, LONGEST, REACHES = 128, 16384, 1024, 8, 128, (1, 2)  # as in src/extract/claims/reader.rs
UNSEEN, GREATEST, HIDDEN, K = 3, .3, 64, 160
LENGTHS = (12, 20, 28, 40, 64, 128)
SECOND_SET = 1.5                                                        # what a sentence of the smaller set counts


def suffix(word, known={}):
    if word not in known:
        h = 0x811C9DC5
        for b in word.encode()[-3:]: h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
        known[word] = (h ^ (h >> 15)) & (S - 1)
    return known[word]


def numbers(elements, ids):
    """Rows of words, of endings, ways of writing."""
    some = elements[:LONGEST]
    return [ids.get(e[0], 1) for e in some], [suffix(e[0]) for e in some], [e[1] for e in some]


def normal(rng, *shape, std): return (rng.standard_normal(shape) * std).astype(np.float32)
def drop(key, x, rate): return x if key is None or rate == 0 else jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)
def keys(key, n): return [None] * n if key is None else list(jax.random.split(key, n))
def bce(l, y): return jnp.maximum(l, 0) - l * y + jnp.log1p(jnp.exp(-jnp.abs(l)))
def counts_of(first): return jnp.where(first > 0, 1., SECOND_SET)
def chance(l): return 1 / (1 + np.exp(-l))
def tensors(p): return {k: jnp.array(v) for k, v in p.items()}
def rate_at(top, i, total, warm): return top * min(1, i / warm) * max(.02, .5 * (1 + math.cos(math.pi * i / total)))


def groups(lengths, tokens, rng=None, bounds=LENGTHS):
    """Lists of sentences of about the same length: (length, rows, numbers)."""
    by = {}
    for i in (np.arange(len(lengths)) if rng is None else rng.permutation(len(lengths))):
        if lengths[i]: by.setdefault(next(b for b in bounds if lengths[i] <= b), []).append(i)
    out = [(b, tokens // b, l[i:i + tokens // b]) for b, l in by.items() for i in range(0, len(l), tokens // b)]
    return out if rng is None else [out[i] for i in rng.permutation(len(out))]


def batch(sentences, length, rows, some, rng=None, hide=0.):
    w, s, t, m = (np.zeros((rows, length), kind) for kind in (np.int32, np.int32, np.int32, np.float32))
    for row, i in enumerate(some):
        n = len(sentences[i][0])
        w[row, :n], s[row, :n], t[row, :n], m[row, :n] = *sentences[i], 1
    if hide: w = np.where((rng.random(w.shape) < hide) & (w > 1), 1, w)
    return w, s, t, m


def encode(p, w, s, t, m, key=None, rate=0.):
    k = keys(key, len(REACHES) + 1)
    there = m[..., None]
    x = drop(k[-1], (p["word"][w] + p["suf"][s] + p["trait"][t] + p["bias"]) * there, rate)
    for i, reach in enumerate(REACHES):
        left, right = jnp.pad(x[:, :-reach], ((0, 0), (reach, 0), (0, 0))), jnp.pad(x[:, reach:], ((0, 0), (0, reach), (0, 0)))
        x = (x + jax.nn.relu(jnp.concatenate([left, x, right], -1) @ p[f"a{i}w"] + p[f"a{i}b"])) * there
        x = drop(k[i], x, rate * .4)
    return x


# --- step one: words ----------------------------------------------------------------------------------------------------

def follow(sentences, states, scale, alone, epochs=4):
    """`states`: for each sentence a row a word; `scale`: how far each of their components varies; `alone`: what MiniLM makes of each word of the vocabulary alone."""
    rng, key = np.random.default_rng(1), jax.random.PRNGKey(0)
    weight = np.maximum(scale, 1e-3) ** -.25 * (np.arange(K) < 112)
    count = np.bincount(np.concatenate([s[0] for s in sentences]), minlength=V).astype(np.float32)
    total = np.zeros((V, D))
    for s, y in zip(sentences, states): np.add.at(total, s[0], y[:, :D].astype(np.float32))
    mean = total.sum(0) / count.sum()
    total = (total - mean * count[:, None]) * weight[:D]
    # A word starts as the mean of its states; a rare one as what its state alone tells of that.
    often = count > 20
    plain = np.c_[alone[:, :D] * weight[:D], np.ones(V)]
    guess = plain @ np.linalg.lstsq(plain[often], (total / np.maximum(count, 1)[:, None])[often], rcond=None)[0]
    unit = .7 / 6.5
    p = dict(word=((total + 4 * guess) / (count[:, None] + 4) * unit).astype(np.float32), suf=normal(rng, S, D, std=.05), trait=normal(rng, WRITINGS, D, std=.05),
             bias=np.zeros(D, np.float32), ow=normal(rng, D, K, std=.1), ob=np.zeros(K, np.float32))
    p["ow"][:D] = np.eye(D, K) / unit
    p["ob"][:D] = mean * weight[:D]
    for i in range(len(REACHES)): p[f"a{i}w"], p[f"a{i}b"] = normal(rng, 3 * D, D, std=.8 * (3 * D) ** -.5), np.zeros(D, np.float32)

    def loss(p, w, s, t, m, y, key):
        wrong = (encode(p, w, s, t, m, key, .05) @ p["ow"] + p["ob"] - y) * m[..., None]
        n = m.sum(1)[:, None]
        return (wrong ** 2).sum() / m.sum() + 15 * ((wrong.sum(1) / jnp.maximum(n, 1)) ** 2).sum() / (n > 0).sum()

    opt = optax.inject_hyperparams(optax.adam)(learning_rate=.003)
    p = tensors(p)
    state = opt.init(p)

    @jax.jit
    def step(p, state, rate, *b):
        state.hyperparams["learning_rate"] = rate
        l, g = jax.value_and_grad(loss)(p, *b)
        u, state = opt.update(g, state)
        return optax.apply_updates(p, u), state, l

    lengths, i, every = [len(s[0]) for s in sentences], 0, None
    for epoch in range(epochs):
        some = groups(lengths, 4096, rng)
        every = every or len(some) * epochs
        for length, rows, part in some:
            y = np.zeros((rows, length, K), np.float32)
            for row, j in enumerate(part): y[row, :lengths[j]] = states[j] * weight
            key, one = jax.random.split(key)
            i += 1
            p, state, l = step(p, state, rate_at(.003, i, every, 100), *batch(sentences, length, rows, part, rng, .02), y, one)
        print("words", epoch, round(float(l)), file=sys.stderr, flush=True)
    return {k: np.array(v) for k, v in p.items() if k not in ("ow", "ob")}


# --- step two: sentences ------------------------------------------------------------------------------------------------

def judge(p, w, s, t, m, key=None, rate=0.):
    k = keys(key, 3)
    x, n = encode(p, w, s, t, m, k[0], rate), m.sum(1, keepdims=True)
    most = jnp.max(jnp.where(m[..., None] > 0, x, -1e9), 1) * (n > 0) * GREATEST
    f = drop(k[1], jnp.concatenate([x.sum(1) / (n + UNSEEN), most], -1), rate)
    return f @ p["skip"] + drop(k[2], jax.nn.relu(f @ p["h"] + p["hb"]), rate) @ p["out"] + p["ob"]


def loss_of(p, seen, aim, first, counts, key):
    o = judge(p, *seen, key, .1)
    return ((bce(o[:, 0], aim) + .3 * bce(o[:, 1], first)) * counts).sum() / counts.sum()


ADAM = optax.inject_hyperparams(lambda learning_rate: optax.chain(optax.clip_by_global_norm(1.), optax.adamw(learning_rate, weight_decay=.02)))(learning_rate=.001)
PACE = dict(word=.4, suf=.4, h=3., hb=3., out=3., skip=3., ob=3.)                  # the head is new, the words are learned


@jax.jit
def step_of(p, state, rate, *b):
    state.hyperparams["learning_rate"] = rate
    u, state = ADAM.update(jax.grad(loss_of)(p, *b), state, p)
    return optax.apply_updates(p, {k: v * PACE.get(k, 1.) for k, v in u.items()}), state


def learn(words, sentences, label, first, said, plain, said_plain, epochs=3):
    """`words`: of `follow`; `said`: the teacher's log-odds of the labelled sentences and of the plain ones."""
    rng, key, every = np.random.default_rng(0), jax.random.PRNGKey(0), sentences + plain
    p = tensors(words | dict(h=normal(rng, 2 * D, HIDDEN, std=.1), hb=np.zeros(HIDDEN, np.float32), out=normal(rng, HIDDEN, 2, std=.2), skip=normal(rng, 2 * D, 2, std=.02), ob=np.zeros(2, np.float32)))
    aim = np.concatenate([.5 * label + .5 * chance(said[:, 0]), chance(said_plain[:, 0])])
    first, counts = np.concatenate([first, chance(said_plain[:, 1])]), np.concatenate([2 * counts_of(first), np.ones(len(plain))])
    state, lengths, i, all_steps = ADAM.init(p), [len(s[0]) for s in every], 0, None
    for _ in range(epochs):
        some = groups(lengths, 4096, rng)
        all_steps = all_steps or len(some) * epochs
        for length, rows, part in some:
            told = np.zeros((3, rows), np.float32)
            told[:, :len(part)] = aim[part], first[part], counts[part]
            key, one = jax.random.split(key)
            i += 1
            p, state = step_of(p, state, rate_at(.001, i, all_steps, 60), batch(every, length, rows, part, rng, .05), *told, one)
    return {k: np.array(v) for k, v in p.items()}


def say(p, sentences):
    """Log-odds."""
    run, out = jax.jit(lambda p, *b: judge(p, *b)[:, 0]), np.zeros(len(sentences), np.float32)
    for length, rows, part in groups([len(s[0]) for s in sentences], 4096): out[part] = np.array(run(p, *batch(sentences, length, rows, part)))[:len(part)]
    return out


def write(path, p, vocabulary, shares, doubt):
    """As `Reader::new` reads it: small integers with a factor a row, little-endian."""
    out = bytearray(b"sayso-c2")
    number, floats = lambda n: out.extend(struct.pack("<I", n)), lambda a: out.extend(np.asarray(a, "<f4").tobytes())

    def integers(m, most, kind):
        factor = np.maximum(np.abs(m).max(1), 1e-8) / most
        return factor, np.clip(np.round(m / factor[:, None]), -most, most).astype(kind).tobytes()

    def table(m):
        factor, cells = integers(m, 127, np.int8)
        number(len(m))
        floats(factor)
        out.extend(cells)

    words = ("\n".join(vocabulary) + "\n").encode()
    number(len(words))
    out.extend(words)
    p["word"][0] = 0
    for m in (p["word"][:len(vocabulary) + 2], p["suf"], p["trait"]): table(m)
    floats(p["bias"])
    number(len(REACHES))
    for i, reach in enumerate(REACHES):
        factor, cells = integers(p[f"a{i}w"].T, 255, "<i2")
        number(reach)
        out.extend(cells)
        floats(factor)
        floats(p[f"a{i}b"])
    number(len(p["hb"]))
    for hidden, skip in zip(p["h"], p["skip"]): floats([*hidden, skip[0]])
    floats([*p["hb"], *p["out"][:, 0], p["ob"][0], *shares, *doubt])
    open(path, "wb").write(bytes(out))
