// The short tune when a knot is tied.

import { play } from "./speaking.js";

const finished = document.getElementById("finished");
if (finished) play(finished.dataset.sound);
