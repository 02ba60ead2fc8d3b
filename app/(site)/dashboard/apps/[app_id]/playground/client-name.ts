/** Name of the client that the playground creates. */
export const PLAYGROUND_CLIENT = "Playground";
