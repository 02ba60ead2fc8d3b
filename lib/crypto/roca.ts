/** Detection of RSA keys with the ROCA weakness (CVE-2017-15361), whose primes can be computed. */

/** Odd primes up to 167: the generator of the weak keys built its primes from powers of 65537 modulo them. */
const PRIMES = [
  ...[3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109],
  ...[113, 127, 131, 137, 139, 149, 151, 157, 163, 167],
];

/** The powers of 65537 modulo a prime. */
function powersOfGenerator(prime: number): Set<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return powers;
}

const FINGERPRINT = PRIMES.map((prime) => ({ prime: BigInt(prime), powers: powersOfGenerator(prime) }));

/** A random modulus matches with a probability below 2^-25. */
export function hasRocaWeakness(modulus: bigint): boolean {
  return FINGERPRINT.every(({ prime, powers }) => powers.has(Number(modulus % prime)));
}
