"""The changes: one operator, constant or returned value at a time."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
SWAPPED = {ast.And: ast.Or, ast.Or: ast.And}


@dataclass(frozen=True)
class Change:
    """One change: ``words`` says what became what, ``source`` is the whole module with it.

    ``function`` is the first line of the function in whose body it lies, so that it acts when that is called;
    0 where it lies in none. ``code`` is the line of source that it lies in.
    """

    line: int
    code: str
    words: str
    source: str
    function: int

    @property
    def in_function(self) -> bool:
        return self.function > 0


def changes(source: str) -> Iterator[Change]:
    """Every change of a module, in the order of the code."""
    tree = ast.parse(source)
    first_line, lines = _functions(tree), source.splitlines()
    for place, node in enumerate(_nodes(tree)):
        for number in range(len(_variants(node))):
            copy = deepcopy(tree)
            target = list(_nodes(copy))[place]
            before = ast.unparse(target)
            after = _variants(target)[number]
            _replace(copy, target, after)
            words = f"{before}  =>  {ast.unparse(after)}"
            changed = ast.unparse(ast.fix_missing_locations(copy))
            code = lines[node.lineno - 1].strip()
            yield Change(node.lineno, code, words, changed, first_line.get(node.lineno, 0))


def _functions(tree: ast.AST) -> dict[int, int]:
    """Line -> first line, decorators included, of the innermost function in whose body it lies."""
    found: dict[int, int] = {}
    for node in ast.walk(tree):  # outer functions come before those within them
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found |= dict.fromkeys(range(node.body[0].lineno, (node.end_lineno or 0) + 1), first)
    return found


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that may be changed: no annotations, no decorators, no documentation."""
    for child in _children(tree):
        if isinstance(child, (ast.expr, ast.Return)):
            yield child
        yield from _nodes(child)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            documentation = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            check_only = isinstance(child, ast.keyword) and child.arg == "strict"
            if isinstance(child, ast.AST) and not documentation and not check_only:
                yield child


def _variants(node: ast.AST) -> list[ast.AST]:  # noqa: PLR0911  (one line a kind)
    """What a node can become."""
    if isinstance(node, ast.Compare):
        swaps = [
            (place, COMPARISONS[type(op)]) for place, op in enumerate(node.ops) if type(op) in COMPARISONS
        ]
        return [_with(node, "ops", [*node.ops[:n], new(), *node.ops[n + 1 :]]) for n, new in swaps]
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS and not _is_type(node):
        return [_with(node, "op", OPERATORS[type(node.op)]())]
    if isinstance(node, ast.BoolOp):
        return [_with(node, "op", SWAPPED[type(node.op)]())]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        return [deepcopy(node.operand)]
    if isinstance(node, ast.Constant):
        return _other_constants(node.value)
    if isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        return [ast.Return(ast.Constant(None))]
    return []


def _is_type(node: ast.BinOp) -> bool:
    """Whether ``A | B`` joins types rather than numbers."""
    return isinstance(node.op, ast.BitOr) and "NDArray" in ast.unparse(node)


def _other_constants(value: object) -> list[ast.AST]:
    if isinstance(value, bool):
        return [ast.Constant(not value)]
    if isinstance(value, (int, float)):
        return [ast.Constant(value + 1)]
    return []


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    copy = deepcopy(node)
    setattr(copy, field, value)
    return copy


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
                return
            if isinstance(value, list) and any(one is old for one in value):
                setattr(parent, field, [new if one is old else one for one in value])
                return
    raise LookupError("The node is not part of the tree.")
