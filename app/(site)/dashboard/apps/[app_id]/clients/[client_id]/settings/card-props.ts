/** Props of the cards of a client's settings. */
import type { Client } from "@/lib/oauth/clients/clients";

export interface ClientCardProps {
  client: Client;
  hidden: { app_id: string; client_id: string };
  readOnly: boolean;
  success: string;
  beside: boolean;
}
