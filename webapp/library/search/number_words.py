"""Numbers as people write them in words, beside which ages and prices are looked for."""

_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"

UNITS = {word: number for number, word in enumerate(_UNITS.split(), 1)}
FROM_TEN = {word: number for number, word in enumerate(_TEENS.split(), 10)}
FROM_TEN |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
