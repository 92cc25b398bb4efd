;; Sums of bytes, sixteen at a time. Lengths are in bytes, multiples of 16.
(module
  (memory (export "memory") 1)

  ;; Makes 1 of each byte above the threshold and 0 of the others, in place.
  (func (export "mark") (param $address i32) (param $length i32) (param $threshold i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $address) (local.get $length)))
    (loop $next
      (v128.store
        (local.get $address)
        (v128.and
          (i8x16.gt_u (v128.load (local.get $address)) (i8x16.splat (local.get $threshold)))
          (i8x16.splat (i32.const 1))))
      (local.set $address (i32.add (local.get $address) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $address) (local.get $end)))))

  ;; Adds a row to sums of 32 bits. The result is the sum of the row.
  (func (export "add") (param $row i32) (param $length i32) (param $sums i32) (result i32)
    (local $end i32) (local $bytes v128) (local $pairs v128) (local $total v128)
    (local.set $end (i32.add (local.get $row) (local.get $length)))
    (loop $next
      (local.set $bytes (v128.load (local.get $row)))
      (if (v128.any_true (local.get $bytes))
        (then
          (local.set $total
            (i32x4.add
              (local.get $total)
              (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $bytes)))))
          (local.set $pairs (i16x8.extend_low_i8x16_u (local.get $bytes)))
          (v128.store
            (local.get $sums)
            (i32x4.add (v128.load (local.get $sums)) (i32x4.extend_low_i16x8_u (local.get $pairs))))
          (v128.store offset=16
            (local.get $sums)
            (i32x4.add (v128.load offset=16 (local.get $sums)) (i32x4.extend_high_i16x8_u (local.get $pairs))))
          (local.set $pairs (i16x8.extend_high_i8x16_u (local.get $bytes)))
          (v128.store offset=32
            (local.get $sums)
            (i32x4.add (v128.load offset=32 (local.get $sums)) (i32x4.extend_low_i16x8_u (local.get $pairs))))
          (v128.store offset=48
            (local.get $sums)
            (i32x4.add (v128.load offset=48 (local.get $sums)) (i32x4.extend_high_i16x8_u (local.get $pairs))))))
      (local.set $row (i32.add (local.get $row) (i32.const 16)))
      (local.set $sums (i32.add (local.get $sums) (i32.const 64)))
      (br_if $next (i32.lt_u (local.get $row) (local.get $end))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $total)) (i32x4.extract_lane 1 (local.get $total)))
      (i32.add (i32x4.extract_lane 2 (local.get $total)) (i32x4.extract_lane 3 (local.get $total))))))
