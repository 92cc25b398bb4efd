/** Writes protocol buffers (the wire format of Google's "Protocol Buffers: Encoding"). */
export class Message {
  private bytes = new Uint8Array(256);
  private length = 0;

  /** A field of variable-length integer; `value` must not be negative, or a BigInt. */
  integer(field: number, value: number | bigint): this {
    this.varint(field * 8);
    if (typeof value === "number" && value >= 0) this.varint(value);
    else this.bigVarint(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  float(field: number, value: number): this {
    this.varint(field * 8 + 5);
    return this.append(new Uint8Array(Float32Array.of(value).buffer));
  }

  text(field: number, value: string): this {
    return this.raw(field, new TextEncoder().encode(value));
  }

  raw(field: number, value: Uint8Array): this {
    this.varint(field * 8 + 2);
    this.varint(value.length);
    return this.append(value);
  }

  message(field: number, value: Message): this {
    return this.raw(field, value.finish());
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private append(value: Uint8Array): this {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    return this;
  }

  private varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  private bigVarint(value: bigint): void {
    this.reserve(10);
    let rest = value;
    while (rest >= 128n) {
      this.bytes[this.length++] = Number(rest % 128n) + 128;
      rest /= 128n;
    }
    this.bytes[this.length++] = Number(rest);
  }

  private reserve(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
