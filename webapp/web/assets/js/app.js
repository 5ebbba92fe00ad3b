// Everything works without this file; with it, lists answer as you type and long forms are easier.
import "./pages.js";
import { startBack } from "./back.js";
import { startChipRow } from "./chip_row.js";
import { startParts } from "./parts.js";
import { startLive } from "./live.js";
import { startFinished } from "./finished.js";
import { startShare } from "./share.js";
import { startKeeping } from "./offline/keeping.js";
import { startRun } from "./run.js";
import { startTriage } from "./triage.js";
import { startWriting } from "./writing.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startParts(document);
startBack();
startChipRow();
startLive();
startFinished();
startTriage();
startRun();
startShare();
startKeeping();
startWriting();
