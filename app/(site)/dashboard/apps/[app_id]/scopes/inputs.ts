/** Input schemas of the scope forms. */
import { z } from "zod";
import { text } from "@/lib/input";
import { CreateScopeBody } from "@/lib/oauth/scopes/scopes";
import { checkbox } from "../on-off";

const flags = { sensitive: checkbox, optional: checkbox };
const description = text(200).trim().min(1, "must not be empty");

export const NewScopeForm = z.object({ name: CreateScopeBody.shape.name, description, ...flags });
export const ScopeForm = z.object({ name: text(100), description, ...flags });
export const ScopeNameForm = z.object({ name: text(100) });
