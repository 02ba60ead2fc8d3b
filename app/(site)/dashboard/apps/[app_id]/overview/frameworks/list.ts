/** Frameworks of the quickstart, in the order of the picker. */
import { curl } from "./curl";
import type { Framework } from "./framework";
import { go } from "./go";
import { next } from "./next";
import { node } from "./node";
import { python } from "./python";

export const FRAMEWORKS: Framework[] = [curl, node, next, python, go];
