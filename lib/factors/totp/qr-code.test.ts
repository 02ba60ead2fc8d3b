// cspell:ignore GEZDGNBVGY TQOJQGEZDGNBVGY TQOJQ
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { qrCode } from "./qr-code";

/** Draws the path of the SVG into modules. */
function modulesOf(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return modules;
}

describe("the QR code", () => {
  const text = "otpauth://totp/Blog:bob%40example.com?issuer=Blog&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  it("draws every dark module", () => {
    expect(modulesOf(qrCode(text))).toEqual(encode(text, { ecc: "L", border: 4 }).data);
  });

  it("has a quiet zone of four light modules on each side", () => {
    const modules = modulesOf(qrCode(text));
    const edge = [...modules.slice(0, 4), ...modules.slice(-4)].flat();
    const sides = modules.flatMap((row) => [...row.slice(0, 4), ...row.slice(-4)]);
    expect([...edge, ...sides]).not.toContain(true);
  });

  it("is black on white and contains nothing of the text as markup", () => {
    const svg = qrCode(`<script>"'&`);
    expect(svg).toMatch(/^<svg [^<>]*><rect [^<>]*fill="#fff"\/><path [^<>]*fill="#000"\/><\/svg>$/);
  });
});
