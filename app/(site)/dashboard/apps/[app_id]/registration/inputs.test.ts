import { describe, expect, it } from "vitest";
import { AppSettings } from "@/lib/apps/settings";
import { DocumentsForm, NewTokenForm } from "./inputs";

describe("the forms of the registration page", () => {
  it("read hosts line by line, as the settings store them", () => {
    const sent = { client_metadata_documents: "listed", client_metadata_hosts: " Example.com \r\n\nbücher.example" };
    const read = DocumentsForm.parse(sent);
    expect(read.client_metadata_hosts).toEqual(["example.com", "xn--bcher-kva.example"]);
    expect(AppSettings.parse(read)).toMatchObject(read);
  });

  it.each(["https://example.com", "example.com:8443", "exa mple.com", "a@example.com"])(
    "reject the host %s",
    (host) => {
      const sent = { client_metadata_documents: "listed", client_metadata_hosts: host };
      expect(DocumentsForm.safeParse(sent).success).toBe(false);
    },
  );

  it("read the lifetime of a token", () => {
    expect(NewTokenForm.parse({ expires_in: "86400" })).toEqual({ expires_in: 86_400 });
    expect(NewTokenForm.parse({})).toEqual({ expires_in: undefined });
    expect(NewTokenForm.safeParse({ expires_in: "1" }).success).toBe(false);
  });
});
