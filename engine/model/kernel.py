"""All rules that an entry point needs, compiled as one whole.

Left alone, Numba optimises every function with all it calls, and so optimises a small rule again
in each of its callers; and it runs passes for language that rules do not use. Here each rule is only
translated, into one module with the entry point, and that is optimised once.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

from numba import njit
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import PassManager
from numba.core.typed_passes import IRLegalization, NativeLowering, NoPythonBackend, NopythonTypeInference
from numba.core.types.common import Buffer
from numba.core.types.misc import unliteral
from numba.core.untyped_passes import FixupArgs, IRProcessing, TranslateByteCode

from wedge.engine.model.records import CellsByCall

STRICT = {"nogil": True, "error_model": "numpy", "fastmath": False}
Twin = Callable[[FunctionType, Callable[[Any], Any]], FunctionType]


def entry_point(function: Any, twin: Twin, folder: Path | None) -> Any:
    """The rule and all it calls, compiled when first called, or loaded from the folder where it was kept.

    ``twin(rule, part)`` makes a copy of a rule in which the rules it calls are replaced by
    ``part(called)``.
    """
    made = type("Entry", (_Entry,), {"twin": staticmethod(twin)})
    dispatcher = njit(pipeline_class=made, no_cfunc_wrapper=True, **STRICT)(function)
    if folder is not None:
        locator = type("Folder", (_Folder,), {"folder": folder})
        way = type("Way", (CompileResultCacheImpl,), {"_locator_classes": [locator]})
        dispatcher._cache = type("Kept", (FunctionCache,), {"_impl_class": way})(function)
    return dispatcher


class _Folder(_CacheLocator):
    """Keeps code in a folder whose name says which rules it was made from, wherever their files lie.

    Numba's own ways look at the date of the file that holds the function: too little, because an edit
    in an imported file goes unnoticed, and too much, because a fresh copy of the same file counts as new.
    """

    folder: Path

    @classmethod
    def from_function(cls, function: Any, file: Any) -> Any:
        return cls()

    def get_cache_path(self) -> str:
        return str(self.folder)

    def get_source_stamp(self) -> str:
        return self.folder.name

    def get_disambiguator(self) -> str:
        return ""


class _Whole(JITCodeLibrary):
    """One module for an entry point and its parts."""

    def __init__(self, codegen: Any, name: str) -> None:
        super().__init__(codegen, name)
        self.parts: list[str] = []
        self.enable_object_caching()

    def _optimize_functions(self, module: Any) -> None:
        """Not one by one: the whole is optimised at the end."""
        module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        for name in self.parts:
            self._final_module.get_function(name).linkage = "internal"
        manager, builder = self._codegen._module_pass_manager()
        manager.run(self._final_module, builder)


def _for_any_value(template: Any, known: dict[Any, Any], arguments: Any, names: Any) -> Any:
    """Translate a rule once for all values of an argument, not anew for each constant it is called with."""
    kinds = tuple(map(unliteral, arguments)), tuple((name, unliteral(kind)) for name, kind in names.items())
    if kinds not in known:
        known[kinds] = template(kinds[0], dict(kinds[1]))
    return known[kinds]


class _Rule(Compiler):
    """The passes that the language of rules needs, which are few."""

    def define_pipelines(self) -> list[Any]:
        counted = any(isinstance(kind, Buffer) for kind in self.state.args)
        passes = [TranslateByteCode, FixupArgs, IRProcessing, CellsByCall, NopythonTypeInference]
        passes += [IRLegalization] if counted else []  # which says where arrays are released
        manager = PassManager("rule")
        for one in (*passes, NativeLowering, NoPythonBackend):
            manager.add_pass(one, one.__name__)
        manager.finalize()
        return [manager]


class _Entry(_Rule):
    twin: Twin

    def compile_extra(self, function: Any) -> Any:
        whole = _Whole(self.state.targetctx.codegen(), function.__qualname__)
        kind = type("Part", (_Part,), {"whole": whole})
        parts: dict[Any, Any] = {}

        def part(rule: Any) -> Any:
            if rule not in parts:
                plain = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
                made = njit(pipeline_class=kind, **plain, **STRICT)(self.twin(rule, part))
                made.get_call_template = partial(_for_any_value, made.get_call_template, {})
                parts[rule] = made
            return parts[rule]

        self.state.library = whole
        return super().compile_extra(self.twin(function, part))


class _Part(_Rule):
    """A rule on its way into the whole: translated, but neither optimised nor turned into machine code by itself."""

    whole: _Whole

    def compile_extra(self, function: Any) -> Any:
        self.state.library = self.whole
        self.state.flags.no_compile = True
        made = super().compile_extra(function)
        self.whole.parts.append(made.fndesc.llvm_func_name)
        key = list[int]().append  # never called: what stands for the rule where its callers are translated
        self.state.targetctx.insert_user_function(key, made.fndesc, [])
        return made._replace(entry_point=key)
