"""The drawn things by which people are known (36) and of which a picture PIN is made (12).

A personal symbol is public inside the group and never part of a PIN: identity is not the secret.
The keys are names of drawings in `static/img/people.svg` and `static/img/pins.svg`.
"""

from lms.core.i18n import lazy

SYMBOLS = {
    "llama": lazy("llama"),
    "condor": lazy("condor"),
    "hummingbird": lazy("hummingbird"),
    "fox": lazy("fox"),
    "guinea_pig": lazy("guinea pig"),
    "fish": lazy("fish"),
    "duck": lazy("duck"),
    "bee": lazy("bee"),
    "butterfly": lazy("butterfly"),
    "owl": lazy("owl"),
    "bear": lazy("bear"),
    "frog": lazy("frog"),
    "sheep": lazy("sheep"),
    "kantuta": lazy("kantuta flower"),
    "potato": lazy("potato"),
    "maize": lazy("maize"),
    "quinoa": lazy("quinoa"),
    "cactus": lazy("cactus"),
    "tree": lazy("tree"),
    "chili": lazy("chili pepper"),
    "squash": lazy("squash"),
    "lupin": lazy("tarwi flower"),
    "daisy": lazy("daisy"),
    "sun": lazy("sun"),
    "moon": lazy("moon"),
    "mountain": lazy("mountain"),
    "rainbow": lazy("rainbow"),
    "cloud": lazy("rain cloud"),
    "reed_boat": lazy("reed boat"),
    "pot": lazy("clay pot"),
    "chullo": lazy("knitted cap"),
    "hat": lazy("hat"),
    "poncho": lazy("poncho"),
    "panpipe": lazy("panpipe"),
    "charango": lazy("charango"),
    "spindle": lazy("spindle"),
}

PIN_PICTURES = {
    "key": lazy("key"),
    "spoon": lazy("spoon"),
    "bread": lazy("bread"),
    "bell": lazy("bell"),
    "drum": lazy("drum"),
    "ball": lazy("ball"),
    "candle": lazy("candle"),
    "chair": lazy("chair"),
    "basket": lazy("basket"),
    "scissors": lazy("scissors"),
    "umbrella": lazy("umbrella"),
    "cup": lazy("cup"),
}
