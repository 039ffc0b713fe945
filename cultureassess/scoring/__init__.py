"""Pure array functions: answers in, numbers out. NumPy and SciPy only.

Start at :mod:`~cultureassess.scoring.answers` (the arrays), then :mod:`~cultureassess.scoring.indices`
(answers to scores) and :mod:`~cultureassess.scoring.scores` (scores to distributions, from which every
group statistic is computed). Shares are proportions 0-1 unless a name says percent; ``None`` means
"not defined" and is explained where it is returned; NaN stands for a score that is missing, in an
array of scores and in the mean of a tally that holds none.
"""
