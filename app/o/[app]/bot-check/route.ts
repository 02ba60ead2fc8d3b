import { getChallenge } from "@/lib/hosted/bot-check";

export const GET = getChallenge;
