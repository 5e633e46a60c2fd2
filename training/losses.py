"""One loss a task, over a batch of `Example`s already turned into tensors."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from mene.evaluate.marked import STATUS_COVERS
from mene.vocabulary import QUAD_CLASS
from training.corpora import MENTION_COVERS, TYPES, Example
from training.model import ARGUMENTS, SAYINGS, Labels, Reader

IGNORE = -100
PAIR_TYPES = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "ASSAULT": ("ASSAULT", "SEIZE"),
    **{str(quad): tuple(t for t in TYPES if QUAD_CLASS.get(t) == quad) for quad in (1, 2, 3, 4)},  # type: ignore
}
PAIR_TYPES["3"] += ("SANCTION", "COERCE")  # CoPED counts sanctions as words, PLV as deeds
"""PLV's roots that cover two of our types, and CoPED's quad classes; every other root is one type."""

Batch = Sequence[Example]


def padded(rows: Sequence[Sequence[int]], width: int) -> Tensor:
    """Return [B, width] with `IGNORE` where a row ends."""
    out = torch.full((len(rows), width), IGNORE)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
    return out


def cross_entropy(scores: Tensor, target: Tensor) -> Tensor:
    """Return the mean cross-entropy over the targets that are not `IGNORE`."""
    flat = scores.float().reshape(-1, scores.shape[-1])
    total = functional.cross_entropy(flat, target.reshape(-1).to(flat.device), ignore_index=IGNORE, reduction="sum")
    return total / (target != IGNORE).sum().clamp(min=1)


def bio_targets(batch: Batch, kind: str, labels: Sequence[str], width: int) -> Tensor:
    """Return tag numbers [B, width]: 0 outside, 2k + 1 begins and 2k + 2 continues label k."""
    rows: list[list[int]] = []
    for e in batch:
        row = [0] * len(e.words)
        for label, first, last in e.spans.get(kind, []):
            k = labels.index(label)
            row[first : last + 1] = [2 * k + 1] + [2 * k + 2] * (last - first)
        rows.append(row)
    return padded(rows, width)


def pattern_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of UPOS, arcs and relations, for sentences without roles."""
    width = states.shape[1]
    heads = padded([e.heads for e in batch], width)
    arcs, dependents, views = reader.tree(states, mask)
    relations = reader.relations(dependents, views, heads.clamp(min=0).to(states.device))
    relation_ids = padded([[labels.relations.index(r) for r in e.relations] for e in batch], width)
    upos = padded([[labels.upos.index(u) for u in e.upos] for e in batch], width)
    tags = 0.5 * cross_entropy(reader.upos(states), upos)
    return cross_entropy(arcs, heads) + cross_entropy(relations, relation_ids) + tags


def tree_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of UPOS, arcs, relations, predicates and roles."""
    width = states.shape[1]
    predicates = torch.zeros(len(batch), width)
    roles = torch.full((len(batch), width, width), IGNORE)
    for i, e in enumerate(batch):
        for p in e.predicates:
            predicates[i, p] = 1.0
            roles[i, p, : len(e.words)] = 0
        for p, label, token in e.roles:
            roles[i, p, token] = labels.roles.index(label) if label in labels.roles else 0
    scores = reader.roles(reader.role_predicate(states), reader.role_argument(states))
    found = functional.binary_cross_entropy_with_logits(
        reader.predicates(states).squeeze(-1).float(), predicates.to(states.device), reduction="none"
    )
    return (
        pattern_loss(reader, states, mask, batch, labels)
        + (found * mask).sum() / mask.sum()
        + 5.0 * cross_entropy(scores, roles)
    )


def attribution_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of source, cue and content tags, and of which belong together."""
    view = reader.attribution_view(states)
    width = states.shape[1]
    table = torch.full((len(batch), width, width), IGNORE)
    for i, e in enumerate(batch):
        for cue in {cue for cue, _, _ in e.sayings}:
            table[i, cue, : len(e.words)] = 0
        for cue, kind, word in e.sayings:
            table[i, cue, word] = SAYINGS.index(kind)
    together = cross_entropy(reader.sayings(reader.saying_cue(states), reader.saying_word(states)), table)
    return together + sum(
        (
            cross_entropy(head(view), bio_targets(batch, kind, ("X",), width))
            for kind, head in (("sources", reader.sources), ("cues", reader.cues), ("contents", reader.contents))
        ),
        start=torch.zeros((), device=states.device),
    )


def names_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of person, organisation and place names."""
    return cross_entropy(reader.names(states), bio_targets(batch, "names", labels.names, states.shape[1]))


def other_names_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of the names in corpora with conventions of their own, on a head of their own."""
    return cross_entropy(reader.other_names(states), bio_targets(batch, "names", labels.names, states.shape[1]))


def entities_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of re3d's entity types, and of the kinds of mention that they may be."""
    width = states.shape[1]
    exact = cross_entropy(reader.entities(states), bio_targets(batch, "entities", labels.entities, width))
    scores = reader.mentions(states).float().log_softmax(-1)
    allowed = torch.zeros(scores.shape, dtype=torch.bool)
    unmarked = [k for k, kind in enumerate(labels.mentions) if not any(kind in c for c in MENTION_COVERS.values())]
    allowed[..., [0, *(2 * k + 1 for k in unmarked), *(2 * k + 2 for k in unmarked)]] = True  # re3d marks no such kinds
    weight = mask.to(scores.dtype).clone()
    for i, e in enumerate(batch):
        for label, first, last in e.spans["entities"]:
            kinds = [labels.mentions.index(k) for k in MENTION_COVERS.get(label, ())]
            allowed[i, first : last + 1] = False
            for k in kinds:
                allowed[i, first, 2 * k + 1] = True
                allowed[i, first + 1 : last + 1, 2 * k + 2] = True
            if not kinds:
                weight[i, first : last + 1] = 0.0
                allowed[i, first : last + 1] = True
    likely = scores.masked_fill(~allowed.to(scores.device), -1e4).logsumexp(-1)
    return exact - 0.5 * (likely * weight).sum() / weight.sum().clamp(min=1.0)


def mentions_loss(reader: Reader, states: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of our own kinds of mention, the outermost and those within them."""
    width = states.shape[1]
    outer = cross_entropy(reader.mentions(states), bio_targets(batch, "mentions", labels.mentions, width))
    inner = bio_targets(batch, "inner_mentions", labels.mentions, width)
    return outer + cross_entropy(reader.inner_mentions(states), inner)


def participants_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of source, target and mutual spans."""
    return cross_entropy(
        reader.participants(states), bio_targets(batch, "participants", ("S", "T", "R"), states.shape[1])
    )


def factuality_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the smooth L1 loss of factuality at the annotated predicates."""
    judged = [(i, t, v) for i, e in enumerate(batch) for t, v in e.values]
    if not judged:
        return torch.zeros((), device=states.device)
    rows, columns, values = zip(*judged, strict=True)
    scores = reader.factuality(states[list(rows), list(columns)]).squeeze(-1).float()
    return functional.smooth_l1_loss(scores, torch.tensor(values, device=states.device))


def event_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of event triggers, their status and their arguments."""
    width = states.shape[1]
    types = padded([[0] * len(e.words) for e in batch], width)
    statuses: list[tuple[int, int, list[int]]] = []
    arguments = torch.full((len(batch), width, width), IGNORE)
    for i, e in enumerate(batch):
        for token, kind, status, found in e.triggers:
            types[i, token] = labels.types.index(kind)
            statuses.append((i, token, [labels.statuses.index(s) for s in meant_statuses(status)]))
            arguments[i, token, : len(e.words)] = 0
            for role, word in found:
                arguments[i, token, word] = ARGUMENTS.index(role)
    view = reader.event_view(states)
    scores = reader.arguments(reader.event_trigger(states), reader.event_argument(states))
    return (
        2.0 * cross_entropy(reader.types(view), types)
        + status_loss(reader.statuses(view), statuses)
        + 2.0 * cross_entropy(scores, arguments)
    )


def meant_statuses(status: str) -> tuple[str, ...]:
    """Return the statuses that an annotation may mean: one where it is exact, else those it covers.

    >>> meant_statuses("asserted"), meant_statuses("=asserted")
    (('asserted', 'in_progress'), ('asserted',))
    """
    return (status[1:],) if status.startswith("=") else STATUS_COVERS.get(status, (status,))


def status_loss(scores: Tensor, statuses: Sequence[tuple[int, int, list[int]]]) -> Tensor:
    """Return the mean loss of the statuses at (row, word), each one of several."""
    if not statuses:
        return torch.zeros((), device=scores.device)
    chances = scores.float().log_softmax(-1)
    return -torch.stack([chances[i, token, meant].logsumexp(0) for i, token, meant in statuses]).mean()


def reports_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of all that our own reports teach: events, attribution, mentions, factuality, opinion."""
    wanted = torch.tensor([float(e.opinion) for e in batch], device=states.device)
    opinion = functional.binary_cross_entropy_with_logits(reader.opinions(states, mask).float(), wanted)
    return (
        event_loss(reader, states, mask, batch, labels)
        + 0.5 * attribution_loss(reader, states, mask, batch, labels)
        + mentions_loss(reader, states, batch, labels)
        + 0.5 * factuality_loss(reader, states, mask, batch, labels)
        + 0.5 * opinion
    )


def event_place_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of place words given the verb: place against everything else, since only places are annotated."""
    scores = reader.arguments(reader.event_trigger(states), reader.event_argument(states)).float()
    target = torch.full(scores.shape[:3], -1.0)
    for i, e in enumerate(batch):
        for token, _, _, found in e.triggers:
            target[i, token, : len(e.words)] = 0.0
            for _, word in found:
                target[i, token, word] = 1.0
    target = target.to(scores.device)
    place = ARGUMENTS.index("place")
    rest = torch.cat([scores[..., :place], scores[..., place + 1 :]], -1).logsumexp(-1)
    loss = functional.binary_cross_entropy_with_logits(scores[..., place] - rest, target.clamp(min=0), reduction="none")
    kept = target >= 0
    return 4.0 * (loss * kept).sum() / kept.sum()


def pair_scores(types: Tensor, arguments: Tensor, source: Sequence[int], target: Sequence[int]) -> Tensor:
    """Return the log-probabilities [types] of one sentence's event between `source` and `target` words.

    Each token is weighed by how much it looks like an event whose actor is the source and whose recipient is the
    target, or only like an event where no pair is given; the types of all tokens are mixed by these weights. So a pair
    without a marked trigger teaches the same heads that find triggers.
    """
    fits = arguments.log_softmax(-1)
    actor, recipient = ARGUMENTS.index("actor"), ARGUMENTS.index("recipient")
    weight = torch.zeros(len(types), device=types.device)
    if source and target:
        weight = fits[:, list(source), actor].mean(1) + fits[:, list(target), recipient].mean(1)
    evident = types[:, 1:].logsumexp(-1) - types[:, 0]
    weight = (weight + functional.logsigmoid(evident)).log_softmax(0)
    return (weight[:, None] + types[:, 1:].log_softmax(-1)).logsumexp(0)


def pair_loss(reader: Reader, states: Tensor, mask: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Return the loss of the event type between a given source and target (PLV)."""
    types = reader.types(reader.event_view(states)).float()
    arguments = reader.arguments(reader.event_trigger(states), reader.event_argument(states)).float()
    losses = []
    for i, e in enumerate(batch):
        assert e.pair is not None
        source, target, root = e.pair
        words = len(e.words)
        scores = pair_scores(types[i, :words], arguments[i, :words, :words], source, target)
        wanted = [TYPES.index(t) - 1 for t in PAIR_TYPES.get(root, (root,))]
        losses.append(-scores[wanted].logsumexp(0))
    return torch.stack(losses).mean()


LOSSES: Mapping[str, Callable[[Reader, Tensor, Tensor, Batch, Labels], Tensor]] = {
    "trees": tree_loss,
    "trees_without_commas": tree_loss,
    "patterns": pattern_loss,
    "attribution": attribution_loss,
    "attribution_without_commas": attribution_loss,
    "names": names_loss,
    "other_names": other_names_loss,
    "entities": entities_loss,
    "factuality_uw": factuality_loss,
    "factuality_meantime": factuality_loss,
    "factuality_uds": factuality_loss,
    "events": event_loss,
    "event_place": event_place_loss,
    "pair": pair_loss,
    "participants": participants_loss,
    "reports": reports_loss,
    "stories": pair_loss,
}
