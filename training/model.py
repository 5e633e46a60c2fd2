"""The reader in torch: one small encoder and its heads. `Reader.forward` returns what the ONNX file outputs."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

ARGUMENTS = ("O", "actor", "recipient", "place")
SAYINGS = ("O", "source", "content")


@dataclass(frozen=True)
class Labels:
    """The label inventories, in output order; written beside the weights."""

    upos: tuple[str, ...]
    relations: tuple[str, ...]
    roles: tuple[str, ...]
    names: tuple[str, ...]
    entities: tuple[str, ...]
    mentions: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """The encoder's sizes."""

    layers: int = 12
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512


class LockedDropout(nn.Module):
    """Dropout that leaves out the same features at every position of a row (Gal & Ghahramani 2016).

    One draw a row and feature costs a CPU a hundredth of the usual draw for every number.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.share == 0.0:
            return x
        kept = torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1], device=x.device) >= self.share
        return x * (kept / (1.0 - self.share)).to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT, without dropout of attention."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = LockedDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        size, length, hidden = x.shape
        qkv = self.qkv(x).view(size, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        mixed = nn.functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=bias)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(size, length, hidden))))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces and word shapes to states [B, T, hidden]."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.shapes = nn.Embedding(8, shape.hidden)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = LockedDropout(dropout)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(places) + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4  # an additive mask, broadcast over heads and queries
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Perceptron(nn.Module):
    """A linear layer, GELU and dropout: the private view a head takes of the states."""

    def __init__(self, inputs: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.dropout = LockedDropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.dropout(nn.functional.gelu(self.linear(x)))


class Biaffine(nn.Module):
    """Scores [B, W, V, labels] between two sequences of states (Dozat & Manning 2017)."""

    def __init__(self, size: int, labels: int) -> None:
        super().__init__()
        self.labels = labels
        self.weight = nn.Parameter(torch.randn(size + 1, labels * (size + 1)) * 0.01)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        left = torch.cat([left, torch.ones_like(left[..., :1])], -1)
        right = torch.cat([right, torch.ones_like(right[..., :1])], -1)
        size, words, width = left.shape
        mixed = (left @ self.weight).view(size, words * self.labels, width)
        scores = mixed @ right.transpose(1, 2)
        return scores.view(size, words, self.labels, -1).transpose(2, 3)


class Reader(nn.Module):
    """The encoder and every head. All outputs are per word; W is the number of words of the longest sentence."""

    def __init__(self, labels: Labels, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        shape = shape or Shape()
        hidden = shape.hidden
        self.encoder = Encoder(shape, dropout)
        self.root = nn.Parameter(torch.randn(hidden) * 0.02)
        self.drop = LockedDropout(dropout)
        self.upos = nn.Linear(hidden, len(labels.upos))
        self.arc_dependent, self.arc_head = (Perceptron(hidden, 192, 0.2) for _ in range(2))
        self.arcs = Biaffine(192, 1)
        self.relation_dependent, self.relation_head = (Perceptron(hidden, 96, 0.2) for _ in range(2))
        self.relation_bilinear = nn.Parameter(torch.randn(97, len(labels.relations) * 97) * 0.01)
        self.n_relations = len(labels.relations)
        self.predicates = nn.Linear(hidden, 1)
        self.role_predicate, self.role_argument = (Perceptron(hidden, 128, 0.1) for _ in range(2))
        self.roles = Biaffine(128, len(labels.roles))
        self.names = nn.Linear(hidden, 2 * len(labels.names) + 1)
        self.other_names = nn.Linear(hidden, 2 * len(labels.names) + 1)
        self.entities = nn.Linear(hidden, 2 * len(labels.entities) + 1)
        self.mentions, self.inner_mentions = (nn.Linear(hidden, 2 * len(labels.mentions) + 1) for _ in range(2))
        self.attribution_view = Perceptron(hidden, hidden, dropout)
        self.sources, self.cues, self.contents = (nn.Linear(hidden, 3) for _ in range(3))
        self.saying_cue, self.saying_word = (Perceptron(hidden, 96, dropout) for _ in range(2))
        self.sayings = Biaffine(96, len(SAYINGS))
        self.opinion = nn.Linear(hidden, 1)
        self.factuality = nn.Sequential(Perceptron(hidden, 192, dropout), nn.Linear(192, 1))
        self.event_view = Perceptron(hidden, 256, dropout)
        self.types = nn.Linear(256, len(labels.types))
        self.statuses = nn.Linear(256, len(labels.statuses))
        self.event_trigger, self.event_argument = (Perceptron(hidden, 128, dropout) for _ in range(2))
        self.arguments = Biaffine(128, len(ARGUMENTS))
        self.participants = nn.Linear(hidden, 7)

    def states(self, pieces: Tensor, shapes: Tensor, piece_mask: Tensor, first: Tensor) -> Tensor:
        """Return the word states [B, W, hidden]: the state of each word's first piece."""
        x = self.encoder(pieces, shapes, piece_mask)
        return self.drop(torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1])))

    def tree(self, states: Tensor, word_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return arc scores [B, W, W + 1] (column 0 is the root) and the views for relations."""
        heads = torch.cat([self.root.expand(states.shape[0], 1, -1), states], 1)
        arcs = self.arcs(self.arc_dependent(states), self.arc_head(heads)).squeeze(-1)
        mask = torch.cat([torch.ones_like(word_mask[:, :1]), word_mask], 1).to(arcs.dtype)
        arcs = arcs + (1.0 - mask)[:, None, :] * -1e4
        return arcs, self.relation_dependent(states), self.relation_head(heads)

    def relations(self, dependents: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """Return relation scores [B, W, relations] of each word to its chosen head [B, W] (0 is the root)."""
        picked = torch.gather(heads, 1, chosen.unsqueeze(-1).expand(-1, -1, heads.shape[-1]))
        left = torch.cat([dependents, torch.ones_like(dependents[..., :1])], -1)
        right = torch.cat([picked, torch.ones_like(picked[..., :1])], -1)
        mixed = (left @ self.relation_bilinear).view(*left.shape[:2], self.n_relations, -1)
        return (mixed @ right.unsqueeze(-1)).squeeze(-1)

    def opinions(self, states: Tensor, word_mask: Tensor) -> Tensor:
        """Return the log-odds [B] that a sentence judges rather than reports, from the mean of its words."""
        mask = word_mask.to(states.dtype).unsqueeze(-1)
        return self.opinion((states * mask).sum(1) / mask.sum(1).clamp(min=1.0)).squeeze(-1)

    def forward(
        self, pieces: Tensor, shapes: Tensor, piece_mask: Tensor, first: Tensor, word_mask: Tensor
    ) -> tuple[Tensor, ...]:
        """Return what inference needs, in the order of `OUTPUTS`."""
        states = self.states(pieces, shapes, piece_mask, first)
        arcs, dependents, heads = self.tree(states, word_mask)
        relations = self.relations(dependents, heads, arcs.argmax(-1)).argmax(-1)
        said = self.attribution_view(states)
        event = self.event_view(states)
        return (
            self.upos(states).argmax(-1).to(torch.uint8),
            arcs,
            relations.to(torch.uint8),
            self.predicates(states).squeeze(-1),
            self.roles(self.role_predicate(states), self.role_argument(states)).argmax(-1).to(torch.uint8),
            self.names(states),
            self.entities(states),
            self.mentions(states),
            self.inner_mentions(states),
            self.sources(said),
            self.cues(said),
            self.contents(said),
            self.sayings(self.saying_cue(states), self.saying_word(states)).argmax(-1).to(torch.uint8),
            self.opinions(states, word_mask),
            self.factuality(states).squeeze(-1),
            self.types(event),
            self.statuses(event),
            self.arguments(self.event_trigger(states), self.event_argument(states)),
            self.participants(states),
        )


OUTPUTS = (
    "upos arcs relations predicates roles names entities mentions inner_mentions sources cues contents sayings opinion"
    " factuality types statuses arguments participants"
).split()


def load_base(reader: Reader, weights: Mapping[str, Tensor]) -> None:
    """Fill the reader's encoder with a BERT state dict: as many of its layers, from below, as the encoder has."""
    own = reader.encoder.state_dict()
    token_type = weights["embeddings.token_type_embeddings.weight"][0]
    own["words.weight"] = weights["embeddings.word_embeddings.weight"]
    own["positions.weight"] = weights["embeddings.position_embeddings.weight"] + token_type
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for i in range(len(reader.encoder.layers)):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            attention = [weights[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            own[f"{new}qkv.{kind}"] = torch.cat(attention)
            own[f"{new}out.{kind}"] = weights[f"{old}attention.output.dense.{kind}"]
            own[f"{new}norm1.{kind}"] = weights[f"{old}attention.output.LayerNorm.{kind}"]
            own[f"{new}up.{kind}"] = weights[f"{old}intermediate.dense.{kind}"]
            own[f"{new}down.{kind}"] = weights[f"{old}output.dense.{kind}"]
            own[f"{new}norm2.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
    reader.encoder.load_state_dict(own)
