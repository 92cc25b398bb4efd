;; Products of sparse rows and dense weights of so many outputs, forward and back. Rows are given as where their entries
;; begin (from the first row of the block on), and as features and values of the entries; "stride" is in bytes, from the
;; weights of one feature to those of the next, and from the outputs of one row to those of the next.
(module
  (memory (export "memory") 1)

  ;; "forward" adds value · weight of each entry to the outputs of its row, "back" value · output to the weight.

  (func (export "forward10")
    (param $rows i32) (param $offsets i32) (param $features i32) (param $values i32)
    (param $weights i32) (param $outputs i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $weight i32)
    (local $value v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $row
      (local.set $last
        (i32.add
          (local.get $features)
          (i32.shl
            (i32.sub (i32.load offset=4 (local.get $offsets)) (i32.load (local.get $offsets)))
            (i32.const 2))))
      (local.set $a (v128.load (local.get $outputs)))
      (local.set $b (v128.load offset=16 (local.get $outputs)))
      (local.set $c (v128.load offset=32 (local.get $outputs)))
      (local.set $d (v128.load offset=48 (local.get $outputs)))
      (local.set $e (v128.load offset=64 (local.get $outputs)))
      (block $done
        (loop $entry
          (br_if $done (i32.eq (local.get $features) (local.get $last)))
          (local.set $value (v128.load64_splat (local.get $values)))
          (local.set $weight
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $features)) (local.get $stride))))
          (local.set $a
            (f64x2.add (local.get $a) (f64x2.mul (local.get $value) (v128.load (local.get $weight)))))
          (local.set $b
            (f64x2.add (local.get $b) (f64x2.mul (local.get $value) (v128.load offset=16 (local.get $weight)))))
          (local.set $c
            (f64x2.add (local.get $c) (f64x2.mul (local.get $value) (v128.load offset=32 (local.get $weight)))))
          (local.set $d
            (f64x2.add (local.get $d) (f64x2.mul (local.get $value) (v128.load offset=48 (local.get $weight)))))
          (local.set $e
            (f64x2.add (local.get $e) (f64x2.mul (local.get $value) (v128.load offset=64 (local.get $weight)))))
          (local.set $values (i32.add (local.get $values) (i32.const 8)))
          (local.set $features (i32.add (local.get $features) (i32.const 4)))
          (br $entry)))
      (v128.store (local.get $outputs) (local.get $a))
      (v128.store offset=16 (local.get $outputs) (local.get $b))
      (v128.store offset=32 (local.get $outputs) (local.get $c))
      (v128.store offset=48 (local.get $outputs) (local.get $d))
      (v128.store offset=64 (local.get $outputs) (local.get $e))
      (local.set $outputs (i32.add (local.get $outputs) (local.get $stride)))
      (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
      (br_if $row (i32.lt_u (local.get $offsets) (local.get $end)))))

  (func (export "back10")
    (param $rows i32) (param $offsets i32) (param $features i32) (param $values i32)
    (param $weights i32) (param $outputs i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $weight i32)
    (local $value v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $row
      (local.set $last
        (i32.add
          (local.get $features)
          (i32.shl
            (i32.sub (i32.load offset=4 (local.get $offsets)) (i32.load (local.get $offsets)))
            (i32.const 2))))
      (local.set $a (v128.load (local.get $outputs)))
      (local.set $b (v128.load offset=16 (local.get $outputs)))
      (local.set $c (v128.load offset=32 (local.get $outputs)))
      (local.set $d (v128.load offset=48 (local.get $outputs)))
      (local.set $e (v128.load offset=64 (local.get $outputs)))
      (block $done
        (loop $entry
          (br_if $done (i32.eq (local.get $features) (local.get $last)))
          (local.set $value (v128.load64_splat (local.get $values)))
          (local.set $weight
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $features)) (local.get $stride))))
          (v128.store
            (local.get $weight)
            (f64x2.add (v128.load (local.get $weight)) (f64x2.mul (local.get $value) (local.get $a))))
          (v128.store offset=16
            (local.get $weight)
            (f64x2.add (v128.load offset=16 (local.get $weight)) (f64x2.mul (local.get $value) (local.get $b))))
          (v128.store offset=32
            (local.get $weight)
            (f64x2.add (v128.load offset=32 (local.get $weight)) (f64x2.mul (local.get $value) (local.get $c))))
          (v128.store offset=48
            (local.get $weight)
            (f64x2.add (v128.load offset=48 (local.get $weight)) (f64x2.mul (local.get $value) (local.get $d))))
          (v128.store offset=64
            (local.get $weight)
            (f64x2.add (v128.load offset=64 (local.get $weight)) (f64x2.mul (local.get $value) (local.get $e))))
          (local.set $values (i32.add (local.get $values) (i32.const 8)))
          (local.set $features (i32.add (local.get $features) (i32.const 4)))
          (br $entry)))
      (local.set $outputs (i32.add (local.get $outputs) (local.get $stride)))
      (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
      (br_if $row (i32.lt_u (local.get $offsets) (local.get $end)))))

  (func (export "forward2")
    (param $rows i32) (param $offsets i32) (param $features i32) (param $values i32)
    (param $weights i32) (param $outputs i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $weight i32)
    (local $value v128) (local $a v128)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $row
      (local.set $last
        (i32.add
          (local.get $features)
          (i32.shl
            (i32.sub (i32.load offset=4 (local.get $offsets)) (i32.load (local.get $offsets)))
            (i32.const 2))))
      (local.set $a (v128.load (local.get $outputs)))
      (block $done
        (loop $entry
          (br_if $done (i32.eq (local.get $features) (local.get $last)))
          (local.set $value (v128.load64_splat (local.get $values)))
          (local.set $weight
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $features)) (local.get $stride))))
          (local.set $a
            (f64x2.add (local.get $a) (f64x2.mul (local.get $value) (v128.load (local.get $weight)))))
          (local.set $values (i32.add (local.get $values) (i32.const 8)))
          (local.set $features (i32.add (local.get $features) (i32.const 4)))
          (br $entry)))
      (v128.store (local.get $outputs) (local.get $a))
      (local.set $outputs (i32.add (local.get $outputs) (local.get $stride)))
      (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
      (br_if $row (i32.lt_u (local.get $offsets) (local.get $end)))))

  (func (export "back2")
    (param $rows i32) (param $offsets i32) (param $features i32) (param $values i32)
    (param $weights i32) (param $outputs i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $weight i32)
    (local $value v128) (local $a v128)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $row
      (local.set $last
        (i32.add
          (local.get $features)
          (i32.shl
            (i32.sub (i32.load offset=4 (local.get $offsets)) (i32.load (local.get $offsets)))
            (i32.const 2))))
      (local.set $a (v128.load (local.get $outputs)))
      (block $done
        (loop $entry
          (br_if $done (i32.eq (local.get $features) (local.get $last)))
          (local.set $value (v128.load64_splat (local.get $values)))
          (local.set $weight
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $features)) (local.get $stride))))
          (v128.store
            (local.get $weight)
            (f64x2.add (v128.load (local.get $weight)) (f64x2.mul (local.get $value) (local.get $a))))
          (local.set $values (i32.add (local.get $values) (i32.const 8)))
          (local.set $features (i32.add (local.get $features) (i32.const 4)))
          (br $entry)))
      (local.set $outputs (i32.add (local.get $outputs) (local.get $stride)))
      (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
      (br_if $row (i32.lt_u (local.get $offsets) (local.get $end)))))

  (func (export "forward1")
    (param $rows i32) (param $offsets i32) (param $features i32) (param $values i32)
    (param $weights i32) (param $outputs i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $weight i32)
    (local $value f64) (local $a f64)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $row
      (local.set $last
        (i32.add
          (local.get $features)
          (i32.shl
            (i32.sub (i32.load offset=4 (local.get $offsets)) (i32.load (local.get $offsets)))
            (i32.const 2))))
      (local.set $a (f64.load (local.get $outputs)))
      (block $done
        (loop $entry
          (br_if $done (i32.eq (local.get $features) (local.get $last)))
          (local.set $value (f64.load (local.get $values)))
          (local.set $weight
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $features)) (local.get $stride))))
          (local.set $a
            (f64.add (local.get $a) (f64.mul (local.get $value) (f64.load (local.get $weight)))))
          (local.set $values (i32.add (local.get $values) (i32.const 8)))
          (local.set $features (i32.add (local.get $features) (i32.const 4)))
          (br $entry)))
      (f64.store (local.get $outputs) (local.get $a))
      (local.set $outputs (i32.add (local.get $outputs) (local.get $stride)))
      (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
      (br_if $row (i32.lt_u (local.get $offsets) (local.get $end)))))

  (func (export "back1")
    (param $rows i32) (param $offsets i32) (param $features i32) (param $values i32)
    (param $weights i32) (param $outputs i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $weight i32)
    (local $value f64) (local $a f64)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $row
      (local.set $last
        (i32.add
          (local.get $features)
          (i32.shl
            (i32.sub (i32.load offset=4 (local.get $offsets)) (i32.load (local.get $offsets)))
            (i32.const 2))))
      (local.set $a (f64.load (local.get $outputs)))
      (block $done
        (loop $entry
          (br_if $done (i32.eq (local.get $features) (local.get $last)))
          (local.set $value (f64.load (local.get $values)))
          (local.set $weight
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $features)) (local.get $stride))))
          (f64.store
            (local.get $weight)
            (f64.add (f64.load (local.get $weight)) (f64.mul (local.get $value) (local.get $a))))
          (local.set $values (i32.add (local.get $values) (i32.const 8)))
          (local.set $features (i32.add (local.get $features) (i32.const 4)))
          (br $entry)))
      (local.set $outputs (i32.add (local.get $outputs) (local.get $stride)))
      (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
      (br_if $row (i32.lt_u (local.get $offsets) (local.get $end))))))
