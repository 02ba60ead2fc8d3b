import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp, type TestApp } from "@/test/support/factories";
import { forgetState } from "@/test/support/process-state";
import { getApp } from "../apps/apps";
import { freezeClock, now } from "../clock";
import { db, transaction } from "../database/client";
import { emailRow } from "./email-row";
import { findLastEmail, listEmails } from "./mailbox";
import { deliverDue } from "./outbox";

await createOwnDatabase();

/** A minimal SMTP server: the emails it received, and how it responds. */
const inbox = { emails: [] as string[], rejects: false, down: false, port: 0 };
let server: Server;

function startServer(): Promise<void> {
  server = createServer((socket) => {
    if (inbox.down) return socket.destroy();
    let data: string | null = null;
    socket.setEncoding("utf8");
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", (chunk: string) => {
      if (data !== null) {
        data += chunk;
        if (!data.endsWith("\r\n.\r\n")) return;
        inbox.emails.push(data);
        data = null;
        return socket.write("250 taken\r\n");
      }
      if (/^DATA/i.test(chunk)) {
        data = "";
        return socket.write("354 go on\r\n");
      }
      if (/^QUIT/i.test(chunk)) return socket.end("221 bye\r\n");
      if (inbox.rejects && /^MAIL/i.test(chunk)) return socket.write("451 not now\r\n");
      socket.write("250 ok\r\n");
    });
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      inbox.port = (server.address() as { port: number }).port;
      resolve();
    }),
  );
}

let app: TestApp;
beforeAll(async () => {
  await startServer();
  app = await someApp('Blog "of" <Bob>\r\nBcc: evil@example.com');
});
afterAll(() => server.close());

function useTransport(on: boolean, from = "Foyer <no-reply@auth.example.com>"): void {
  process.env.SMTP_URL = on ? `smtp://127.0.0.1:${inbox.port}` : "";
  process.env.MAIL_FROM = on ? from : "";
  forgetState("env");
  forgetState("mail-transport");
}

beforeEach(async () => {
  await db().mail.deleteMany({});
  inbox.emails = [];
  inbox.rejects = false;
  inbox.down = false;
  useTransport(true);
});

const LINK = "https://auth.example.com/verify?token=secret-of-the-link";

async function queue(email = "bob@example.com"): Promise<string> {
  const to = { email, canonical: email };
  const row = emailRow(await getApp(app.id), {
    template: "magic_link",
    to,
    data: { link: LINK, code: "123456", minutes: 15 },
  });
  await transaction((tx) => tx.mail.create({ data: row }));
  return row.id;
}

describe("the outbox", () => {
  it("sends an email once, under the app's name, then deletes its content", async () => {
    const id = await queue();
    expect(await deliverDue()).toBe(1);
    expect(await deliverDue()).toBe(0);
    expect(inbox.emails).toHaveLength(1);
    const [mail = ""] = inbox.emails;
    expect(mail).toMatch(/^To: bob@example\.com\r$/m);
    expect(mail).toMatch(/^From: .*<no-reply@auth\.example\.com>\r$/m);
    expect(mail).toContain(`Message-ID: <${id}@auth.example.com>`);
    // The app's name can't add a header.
    expect(mail.split("\r\n\r\n")[0]).not.toMatch(/^Bcc:/m);
    const row = await db().mail.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ dataSealed: null, nextAttemptAt: null, attempts: 1 });
    expect(row.sentAt).not.toBeNull();
  });

  it("has an ASCII Message-ID for a sender with an internationalized domain (RFC 5322 §3.6.4)", async () => {
    useTransport(true, "Foyer <no-reply@bücher.example>");
    const id = await queue();
    expect(await deliverDue()).toBe(1);
    const [headers = ""] = (inbox.emails[0] ?? "").split("\r\n\r\n");
    expect(headers).toContain(`Message-ID: <${id}@xn--bcher-kva.example>`);
    expect(headers).toMatch(/^[\r\n\t -~]*$/);
  });

  it("sends each of many emails once, although several processes poll at the same time", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => queue(`user${index}@example.com`)));
    await Promise.all(Array.from({ length: 4 }, () => deliverDue()));
    expect(inbox.emails).toHaveLength(12);
    expect(new Set(inbox.emails.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1])).size).toBe(12);
  });

  it("retries at growing intervals while the provider rejects an email, then sends it once", async () => {
    const id = await queue();
    inbox.rejects = true;
    await deliverDue();
    const first = await db().mail.findFirstOrThrow({ where: { id } });
    expect(first).toMatchObject({ sentAt: null, failedAt: null, attempts: 1 });
    expect(first.lastError).toContain("451");
    expect(await deliverDue()).toBe(0);
    freezeClock(new Date(now().getTime() + 20_000));
    await deliverDue();
    const second = await db().mail.findFirstOrThrow({ where: { id } });
    expect((second.nextAttemptAt?.getTime() ?? 0) - now().getTime()).toBe(60_000);
    inbox.rejects = false;
    freezeClock(new Date(now().getTime() + 3600_000));
    await deliverDue();
    expect(inbox.emails).toHaveLength(1);
  });

  it("gives up after a day and deletes the content", async () => {
    const id = await queue();
    inbox.rejects = true;
    freezeClock(new Date(now().getTime() + 25 * 3600_000));
    await deliverDue();
    const row = await db().mail.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ nextAttemptAt: null, dataSealed: null });
    expect(row.failedAt).not.toBeNull();
  });

  it("sends an email whose process died once its lease has expired", async () => {
    const id = await queue();
    await db().mail.updateMany({ where: { id }, data: { nextAttemptAt: new Date(now().getTime() + 120_000) } });
    expect(await deliverDue()).toBe(0);
    freezeClock(new Date(now().getTime() + 121_000));
    expect(await deliverDue()).toBe(1);
    expect(inbox.emails).toHaveLength(1);
  });

  it("stores no link in plaintext", async () => {
    await queue();
    expect(JSON.stringify(await db().mail.findMany({}))).not.toContain("secret-of-the-link");
  });
});

describe("a provider that is down for an hour while emails are created", () => {
  const EMAILS = 20;
  const start = now().getTime();
  /** Polls every 30 seconds, as two processes. */
  async function pollUntil(minute: number, from: number, each: (second: number) => Promise<unknown> = async () => {}) {
    for (let second = from * 60; second < minute * 60; second += 30) {
      freezeClock(new Date(start + second * 1000));
      await each(second);
      await Promise.all([deliverDue(), deliverDue()]);
    }
  }

  it("gets each email once, few connection attempts, and fills no memory", async () => {
    let connections = 0;
    const count = () => connections++;
    server.on("connection", count);
    const before = process.memoryUsage().heapUsed;
    await pollUntil(60, 0, async (second) => {
      // It alternately drops the connection and rejects the email.
      inbox.down = second % 60 === 0;
      inbox.rejects = true;
      if (second % 180 === 0) await queue(`user${second}@example.com`);
    });
    expect(inbox.emails).toEqual([]);
    expect(await db().mail.count({ where: { sentAt: null, failedAt: null, dataSealed: { not: null } } })).toBe(EMAILS);
    // Five or six attempts per email in the first hour, not one per poll.
    expect(connections).toBeLessThan(EMAILS * 6);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20);

    inbox.down = inbox.rejects = false;
    await pollUntil(125, 60);
    server.off("connection", count);
    const recipients = inbox.emails.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1]);
    expect(recipients).toHaveLength(EMAILS);
    expect(new Set(recipients).size).toBe(EMAILS);
    expect(await db().mail.count({ where: { sentAt: null } })).toBe(0);
  }, 60_000);
});

describe("the development mailbox", () => {
  it("keeps emails when no provider is configured, and shows them", async () => {
    useTransport(false);
    await queue("kept@example.com");
    expect(await deliverDue()).toBe(0);
    const mail = await findLastEmail("kept@example.com");
    expect(mail).toMatchObject({ appId: app.id, status: "kept", content: { links: [LINK], code: "123456" } });
    expect(mail?.content?.text).toContain(LINK);
    expect((await listEmails(app.id, { limit: 10 })).data).toHaveLength(1);
    expect((await listEmails((await someApp()).id, { limit: 10 })).data).toEqual([]);
  });
});
