"""The integer program as the solver takes it: HiGHS, loaded only when a proposal is asked for.

HiGHS comes as one small wheel from its makers (8 MB, with numpy 65 MB installed): half of SciPy,
which has the same solver inside; PuLP is smaller but starts CBC as a program of its own.
"""

from dataclasses import dataclass, field

SECONDS = 3  # for one of the three questions; the best found by then is taken, and told so


class NoSolver(Exception):
    """The package of the solver is not installed."""


@dataclass(frozen=True)
class Found:
    """Whole values of the variables; whether it is proven that none are better."""

    values: list
    proven: bool


@dataclass
class Program:
    """Whole variables from 0 up to a limit, linear rows over them."""

    limits: list = field(default_factory=list)
    rows: list = field(default_factory=list)  # [({variable: factor}, least or None, most or None)]

    def variable(self, most=None):
        """A new variable; its number."""
        self.limits.append(most)
        return len(self.limits) - 1

    def row(self, factors, least=None, most=None):
        """least ≤ sum of factors × variables ≤ most."""
        kept = {name: factor for name, factor in factors.items() if factor}
        if kept:
            self.rows.append((kept, least, most))

    def smallest(self, aim, start=None, seconds=SECONDS):
        """The Found that makes the sum `aim` {variable: factor} smallest; None where nothing fits.

        `start`: a Found that fits, to begin from. The same program gives the same answer: one
        thread, a fixed seed.
        """
        if not self.limits:
            return Found([], True)
        highs = _load()
        solver = highs.Highs()
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 1,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5,  # of whole numbers: less than the next better one
            # With a start and presolve together, 1.16 takes a worse answer for proven.
            "presolve": "on" if start is None else "off",
            "time_limit": float(seconds),
        }.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highs, aim))
        if start is not None:
            known = highs.HighsSolution()
            known.col_value = [float(value) for value in start.values]
            solver.setSolution(known)
        solver.run()
        status, kinds = solver.getModelStatus(), highs.HighsModelStatus
        if status == kinds.kOptimal:
            return Found([round(value) for value in solver.getSolution().col_value], True)
        feasible = solver.getInfo().primal_solution_status == highs.kSolutionStatusFeasible
        if status == kinds.kTimeLimit and feasible:
            return Found([round(value) for value in solver.getSolution().col_value], False)
        return None

    def _model(self, highs, aim):
        model, endless = highs.HighsLp(), highs.kHighsInf
        number = len(self.limits)
        model.num_col_, model.num_row_ = number, len(self.rows)
        model.col_cost_ = [float(aim.get(name, 0)) for name in range(number)]
        model.col_lower_ = [0.0] * number
        model.col_upper_ = [endless if most is None else float(most) for most in self.limits]
        model.integrality_ = [highs.HighsVarType.kInteger] * number
        model.row_lower_ = [
            -endless if least is None else float(least) for _, least, _ in self.rows
        ]
        model.row_upper_ = [endless if most is None else float(most) for _, _, most in self.rows]
        starts, columns, factors = [0], [], []
        for row, _least, _most in self.rows:
            columns += row
            factors += map(float, row.values())
            starts.append(len(columns))
        matrix = model.a_matrix_
        matrix.format_ = highs.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = starts, columns, factors
        return model


def _load():
    try:
        import highspy
    except ImportError:
        raise NoSolver from None
    return highspy
