/** Who an application belongs to: the first question when it is created, and what follows from it. */
import type { ClientInput } from "@/lib/oauth/clients/inputs";

export interface Owner {
  id: "own" | "third_party";
  title: string;
  description: string;
  consequences: string;
  input: Pick<ClientInput, "first_party">;
}

export const OWNERS: Owner[] = [
  {
    id: "own",
    title: "Yours",
    description: "Your own website, mobile application, API or background job.",
    consequences: "It is first-party: users sign in without a consent page, because they already trust you.",
    input: { first_party: true },
  },
  {
    id: "third_party",
    title: "A third party’s",
    description: "Another developer or company wants to work with the data of your users.",
    consequences:
      "Users see on a consent page what it may access. They can disconnect it at any time on their account page.",
    input: { first_party: false },
  },
];

export function ownerOf(id: unknown): Owner | null {
  return OWNERS.find((owner) => owner.id === id) ?? null;
}
