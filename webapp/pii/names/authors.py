"""Reformers, authors, thinkers, and people of published reviews, whom practice notes cite by their whole name."""

from webapp.pii.word_list import lines, listed

# Public figures of social care and its history. Pairs that many people bear ("Neil Thompson") are left to their year.
_NAMED = """
robert owen, elizabeth fry, annie besant, keir hardie, aneurin bevan, nye bevan, clement attlee, mary wollstonecraft
william booth, beatrice webb, sidney webb, richard titmuss, ivan illich, saul alinsky, sherry arnstein
bell hooks, judith butler, audre lorde, kimberlé crenshaw, kimberle crenshaw, frantz fanon
michel foucault, jürgen habermas, pierre bourdieu, anthony giddens, zygmunt bauman, max weber, emile durkheim
erich fromm, irvin yalom, virginia satir, lena dominelli, nel noddings
joan tronto, carol gilligan, lawrence kohlberg, urie bronfenbrenner, vic finkelstein
beth mount, herb lovett, marsha linehan, gabor maté, gabor mate, dan siegel
jon kabat, judith herman, patricia benner, terry borton, chris argyris
malcolm knowles, jerome bruner, howard gardner, andrew turnell, barbara wootton
cicely saunders, enid balint, isabel menzies, wilfred bion
amitai etzioni, ernst schumacher, axel honneth, richard layard
sylvia pankhurst, christabel pankhurst, lydia becker, ellen wilkinson, friedrich fröbel
maria montessori, rudolf steiner, emmi pikler, oliver sacks, terry pratchett, ken loach, maxine peake
parker follett, mike oliver, vic finkelstein, tom kitwood, peter honey
alan mumford, gary rolfe, bruce tuckman, james prochaska, carlo diclemente
stephen rollnick, susan weinschenk, simon sinek, aaron antonovsky, gerald caplan, erich lindemann, naomi eisenstadt
elisabeth kubler-ross, elisabeth kübler-ross, donald schon, kimberle crenshaw
david epston, salvador minuchin, murray bowen, gregory bateson, virginia henderson, hildegard peplau, steve de
rom harré, patricia crittenden, donald meltzer, jay haley, martin buber
eric berne, kate swaffer, graham gibbs
terrence higgins, charlie waller, grace eyre, thomas pocklington, arthur rank, alexandra rose, elizabeth garrett
garrett anderson, rosalind franklin, suzy lamplugh, anthony nolan, marie stopes, roy castle, josephine butler
lucy faithfull, helen bamber, paul hamlyn, esmée fairbairn, garfield weston, percy bilton, jane tomlinson, bobby moore
steven hoskin, connor sparrowhawk, victoria climbié, victoria climbie, fiona pilkington, clive treacey
"""
THINKERS = frozenset(
    tuple(name.split())
    for name in (*(each for line in _NAMED.strip().splitlines() for each in line.split(", ")), *lines("authors"))
    if " " in name
)
# A resident may bear such a name: what only somebody nearby does says so.
NEARBY = listed(
    "lives lived wants wanted needs needed asked rang phoned moved attends refuses misses likes enjoys fell has"
)
