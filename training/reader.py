"""The network of src/extract/claims/reader.rs: how it is taught, for training/claims.py.

Three steps. `follow` teaches it, without labels, what MiniLM's last layers make of each word of plain sentences (160 main
components, found over the means of sentences): this gives the vectors of words and the layers. `Teacher` learns the labels
with a small head over MiniLM's own states, and also which set a sentence is of. `learn` then trains the network on the
labels and on what the teacher says of the plain sentences. One seed, two for the teacher; weights differ in the last digits
from machine to machine. The last network learns from the mean of what the folds' teachers say.
"""
import math, struct, sys
import jax, jax.numpy as jnp, numpy as np, optax

D, V, S, WRITINGS, LONGEST, REACHES = 64, 16384, 1024, 8, 128, (1, 2)   # as in src/extract/claims/reader.rs
UNSEEN, GREATEST, HIDDEN, K = 3, .3, 32, 160
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
def chance(l): return 1 / (1 + np.exp(-l))
def tensors(p): return {k: jnp.array(v) for k, v in p.items()}
def rate_at(top, i, total, warm): return top * min(1, i / warm) * max(.02, .5 * (1 + math.cos(math.pi * i / total)))


def groups(lengths, tokens, rng=None):
    """Lists of sentences of about the same length: (length, rows, numbers)."""
    by = {}
    for i in (np.arange(len(lengths)) if rng is None else rng.permutation(len(lengths))):
        if lengths[i]: by.setdefault(next(b for b in LENGTHS if lengths[i] <= b), []).append(i)
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

def follow(sentences, states, scale, alone, epochs=6):
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


# --- step two: the teacher -----------------------------------------------------------------------------------------------

class Teacher:
    """A head over MiniLM's states. `states`: a row a word; `means`: over all pieces of the sentence."""
    INNER, LAST = 64, 48

    def __init__(self, scale): self.weight = (.3 * np.maximum(scale, 1e-3) ** -.35).astype(np.float32)

    def begin(self, rng):
        n = K + 2 * self.INNER
        return tensors(dict(w=normal(rng, K, self.INNER, std=.04), b=np.zeros(self.INNER, np.float32), f=normal(rng, n, self.LAST, std=.06), fb=np.zeros(self.LAST, np.float32),
                            out=normal(rng, self.LAST, 2, std=.2), skip=normal(rng, n, 2, std=.01), ob=np.zeros(2, np.float32)))

    @staticmethod
    def judge(p, x, m, mean, key=None, rate=.3):
        k = keys(key, 3)
        h = jax.nn.relu(drop(k[0], x, .1) @ p["w"] + p["b"]) * m[..., None]
        f = drop(k[1], jnp.concatenate([mean * .5, h.sum(1) / (m.sum(1, keepdims=True) + 2), h.max(1) * .3], -1), rate)
        return f @ p["skip"] + drop(k[2], jax.nn.relu(f @ p["f"] + p["fb"]), rate) @ p["out"] + p["ob"]

    def batch(self, states, means, length, rows, some):
        x, m, mean = np.zeros((rows, length, K), np.float32), np.zeros((rows, length), np.float32), np.zeros((rows, K), np.float32)
        for row, i in enumerate(some): x[row, :len(states[i])], m[row, :len(states[i])], mean[row] = states[i] * self.weight, 1, means[i] * self.weight
        return x, m, mean

    def learn(self, states, means, label, first, seeds=(0, 1), epochs=8):
        """`label`: is it worth a check; `first`: is it of the first set."""
        def loss(p, x, m, mean, y, s, use, key):
            o = self.judge(p, x, m, mean, key)
            counts = use * jnp.where(s > 0, 1., SECOND_SET)
            return (bce(o[:, 0], y) * counts).sum() / counts.sum() + .3 * (bce(o[:, 1], s) * use).sum() / use.sum()

        opt = optax.inject_hyperparams(lambda learning_rate: optax.adamw(learning_rate, weight_decay=.05))(learning_rate=.001)

        @jax.jit
        def step(p, state, rate, *b):
            state.hyperparams["learning_rate"] = rate
            u, state = opt.update(jax.grad(loss)(p, *b), state, p)
            return optax.apply_updates(p, u), state

        self.heads, lengths = [], [len(s) for s in states]
        for seed in seeds:
            rng, key, i, every = np.random.default_rng(seed), jax.random.PRNGKey(seed), 0, None
            p = self.begin(rng)
            state = opt.init(p)
            for _ in range(epochs):
                some = groups(lengths, 4096, rng)
                every = every or len(some) * epochs
                for length, rows, part in some:
                    y, s, use = np.zeros((3, rows), np.float32)
                    y[:len(part)], s[:len(part)], use[:len(part)] = label[part], first[part], 1
                    key, one = jax.random.split(key)
                    i += 1
                    p, state = step(p, state, rate_at(.003, i, every, 50), *self.batch(states, means, length, rows, part), y, s, use, one)
            self.heads.append(p)
        return self

    def say(self, states, means):
        """Log-odds that it is worth a check, and that it is of the first set."""
        run, out = jax.jit(lambda p, *b: self.judge(p, *b)), np.zeros((len(states), 2), np.float32)
        for length, rows, part in groups([len(s) for s in states], 4096):
            b = self.batch(states, means, length, rows, part)
            out[part] = sum(np.array(run(p, *b)) for p in self.heads)[:len(part)] / len(self.heads)
        return out


# --- step three: the network ---------------------------------------------------------------------------------------------

def judge(p, w, s, t, m, key=None, rate=0.):
    k = keys(key, 3)
    x, n = encode(p, w, s, t, m, k[0], rate), m.sum(1, keepdims=True)
    most = jnp.max(jnp.where(m[..., None] > 0, x, -1e9), 1) * (n > 0) * GREATEST
    f = drop(k[1], jnp.concatenate([x.sum(1) / (n + UNSEEN), most], -1), rate)
    return f @ p["hl"] + drop(k[2], jax.nn.relu(f @ p["h1"] + p["h1b"]), rate) @ p["h2"] + p["h2b"]


def loss_of(p, known, other, key):
    (w, s, t, m, y, f), (ow, os, ot, om, oy) = known, other
    one, two = jax.random.split(key)
    o, use = judge(p, w, s, t, m, one, .25), m.sum(1) > 0
    counts = use * jnp.where(f > 0, 1., SECOND_SET)
    l = (bce(o[:, 0], y) * counts).sum() / counts.sum() + .3 * (bce(o[:, 1], f) * use).sum() / use.sum()
    o, use = judge(p, ow, os, ot, om, two, .05), om.sum(1) > 0
    return l + ((bce(o[:, 0], oy[:, 0]) + .3 * bce(o[:, 1], oy[:, 1])) * use).sum() / jnp.maximum(use.sum(), 1)


ADAM = optax.inject_hyperparams(lambda learning_rate: optax.chain(optax.clip_by_global_norm(1.), optax.adamw(learning_rate, weight_decay=.02)))(learning_rate=.001)


@jax.jit
def step_of(p, state, rate, known, other, key):
    state.hyperparams["learning_rate"] = rate
    u, state = ADAM.update(jax.grad(loss_of)(p, known, other, key), state, p)
    return optax.apply_updates(p, {k: v * (.4 if k == "word" else 1.) for k, v in u.items()}), state


def learn(words, sentences, label, first, said, plain, said_plain, epochs=4):
    """`words`: of `follow`; `said`: the teacher's log-odds of the labelled sentences and of the plain ones."""
    rng, key = np.random.default_rng(0), jax.random.PRNGKey(0)
    p = tensors(words | dict(h1=normal(rng, 2 * D, HIDDEN, std=.1), h1b=np.zeros(HIDDEN, np.float32), h2=normal(rng, HIDDEN, 2, std=.2), h2b=np.zeros(2, np.float32), hl=normal(rng, 2 * D, 2, std=.02)))
    aim, aim_plain, state = .7 * label + .3 * chance(said[:, 0]), chance(said_plain), ADAM.init(p)
    by = {}
    for j in rng.permutation(len(plain)):
        if plain[j][0]: by.setdefault(next(b for b in LENGTHS if len(plain[j][0]) <= b), []).append(j)
    at, i, every = dict.fromkeys(LENGTHS, 0), 0, None
    for _ in range(epochs):
        some = groups([len(s[0]) for s in sentences], 2048, rng)
        every = every or len(some) * epochs
        for length, rows, part in some:
            y, f = np.zeros((2, rows), np.float32)
            y[:len(part)], f[:len(part)] = aim[part], first[part]
            more, there = rows, by.get(length, [])
            other = [there[(at[length] + j) % len(there)] for j in range(more)] if there else []
            at[length] += more
            oy = np.zeros((more, 2), np.float32)
            oy[:len(other)] = aim_plain[other]
            known = (*batch(sentences, length, rows, part, rng, .06), y, f)
            key, one = jax.random.split(key)
            i += 1
            p, state = step_of(p, state, rate_at(.002, i, every, 60), known, (*batch(plain, length, more, other, rng, .03), oy), one)
    return {k: np.array(v) for k, v in p.items()}


def say(p, sentences):
    """Log-odds."""
    run, out = jax.jit(lambda p, *b: judge(p, *b)[:, 0]), np.zeros(len(sentences), np.float32)
    for length, rows, part in groups([len(s[0]) for s in sentences], 4096): out[part] = np.array(run(p, *batch(sentences, length, rows, part)))[:len(part)]
    return out


def write(path, p, vocabulary, shares, doubt):
    """As `Reader::new` reads it: small integers with a factor a row, little-endian."""
    out = bytearray(b"sayso-c1")
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
    number(HIDDEN)
    for k in range(HIDDEN): floats([*p["h1"][:, k], p["h1b"][k], p["h2"][k, 0]])
    floats([*p["hl"][:, 0], p["h2b"][0], *shares, *doubt])
    open(path, "wb").write(bytes(out))
