/** The place of the largest of each `width` numbers, the first of equals. */
export const likeliest = (values: Float64Array, width: number): Int32Array =>
  Int32Array.from({ length: values.length / width }, (_, row) => {
    const own = values.subarray(row * width, (row + 1) * width);
    return own.reduce((best, value, at) => (value > own[best]! ? at : best), 0);
  });
