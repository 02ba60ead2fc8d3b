export interface GitHubStandIn {
  url: string;
  close(): Promise<void>;
}

/** `clients`: id → secret; without it any will do. */
export function startGitHub(options?: {
  port?: number;
  host?: string;
  clients?: Record<string, string>;
}): Promise<GitHubStandIn>;
