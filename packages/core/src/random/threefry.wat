;; Threefry-2x32-20 (Parallel random numbers: as easy as 1, 2, 3; Salmon, Moraes, Dror, Shaw, 2011), four counters at a
;; time: the blocks of the counters (high, low), (high, low + 1), … (high, low + count - 1), from the address 0 on.
;; With `fold` each block is one word, word 0 xor word 1; without it is both, side by side.
(module
  (memory (export "memory") 1)
  (func (export "blocks")
    (param $key0 i32) (param $key1 i32) (param $high i32) (param $low i32) (param $count i32) (param $fold i32)
    (local $key2 i32) (local $i i32) (local $address i32) (local $x0 v128) (local $x1 v128)
    (local.set $key2
      (i32.xor (i32.xor (local.get $key0) (local.get $key1)) (i32.const 0x1bd11bda)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
        (local.set $x0 (i32x4.splat (i32.add (local.get $high) (local.get $key0))))
        (local.set $x1
          (i32x4.add
            (i32x4.splat (i32.add (i32.add (local.get $low) (local.get $i)) (local.get $key1)))
            (v128.const i32x4 0 1 2 3)))

        ;; Rounds 1 to 4, then the next words of the key.
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 13))
              (i32x4.shr_u (local.get $x1) (i32.const 19)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 15))
              (i32x4.shr_u (local.get $x1) (i32.const 17)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 26))
              (i32x4.shr_u (local.get $x1) (i32.const 6)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 6))
              (i32x4.shr_u (local.get $x1) (i32.const 26)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (i32x4.splat (local.get $key1))))
        (local.set $x1 (i32x4.add (local.get $x1) (i32x4.splat (i32.add (local.get $key2) (i32.const 1)))))

        ;; Rounds 5 to 8, then the next words of the key.
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 17))
              (i32x4.shr_u (local.get $x1) (i32.const 15)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 29))
              (i32x4.shr_u (local.get $x1) (i32.const 3)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 16))
              (i32x4.shr_u (local.get $x1) (i32.const 16)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 24))
              (i32x4.shr_u (local.get $x1) (i32.const 8)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (i32x4.splat (local.get $key2))))
        (local.set $x1 (i32x4.add (local.get $x1) (i32x4.splat (i32.add (local.get $key0) (i32.const 2)))))

        ;; Rounds 9 to 12, then the next words of the key.
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 13))
              (i32x4.shr_u (local.get $x1) (i32.const 19)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 15))
              (i32x4.shr_u (local.get $x1) (i32.const 17)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 26))
              (i32x4.shr_u (local.get $x1) (i32.const 6)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 6))
              (i32x4.shr_u (local.get $x1) (i32.const 26)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (i32x4.splat (local.get $key0))))
        (local.set $x1 (i32x4.add (local.get $x1) (i32x4.splat (i32.add (local.get $key1) (i32.const 3)))))

        ;; Rounds 13 to 16, then the next words of the key.
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 17))
              (i32x4.shr_u (local.get $x1) (i32.const 15)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 29))
              (i32x4.shr_u (local.get $x1) (i32.const 3)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 16))
              (i32x4.shr_u (local.get $x1) (i32.const 16)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 24))
              (i32x4.shr_u (local.get $x1) (i32.const 8)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (i32x4.splat (local.get $key1))))
        (local.set $x1 (i32x4.add (local.get $x1) (i32x4.splat (i32.add (local.get $key2) (i32.const 4)))))

        ;; Rounds 17 to 20, then the next words of the key.
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 13))
              (i32x4.shr_u (local.get $x1) (i32.const 19)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 15))
              (i32x4.shr_u (local.get $x1) (i32.const 17)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 26))
              (i32x4.shr_u (local.get $x1) (i32.const 6)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (local.get $x1)))
        (local.set $x1
          (v128.xor
            (v128.or
              (i32x4.shl (local.get $x1) (i32.const 6))
              (i32x4.shr_u (local.get $x1) (i32.const 26)))
            (local.get $x0)))
        (local.set $x0 (i32x4.add (local.get $x0) (i32x4.splat (local.get $key2))))
        (local.set $x1 (i32x4.add (local.get $x1) (i32x4.splat (i32.add (local.get $key0) (i32.const 5)))))

        (if (local.get $fold)
          (then
            (v128.store (local.get $address) (v128.xor (local.get $x0) (local.get $x1)))
            (local.set $address (i32.add (local.get $address) (i32.const 16))))
          (else
            (v128.store
              (local.get $address)
              (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $x0) (local.get $x1)))
            (v128.store offset=16
              (local.get $address)
              (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $x0) (local.get $x1)))
            (local.set $address (i32.add (local.get $address) (i32.const 32)))))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (br $next)))))
