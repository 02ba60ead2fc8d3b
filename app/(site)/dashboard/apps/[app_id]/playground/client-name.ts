/** What the client is called that the playground makes for itself. */
export const PLAYGROUND_CLIENT = "Playground";
