;; Sums of deviations of float64 rows, two numbers and four rows at a time. Lengths are in bytes, multiples of 16.
(module
  (memory (export "memory") 1)

  ;; Adds what four rows differ from the origins to the sums, and the squares of that to the squares.
  (func (export "add")
    (param $a i32) (param $b i32) (param $c i32) (param $d i32)
    (param $origins i32) (param $sums i32) (param $squares i32) (param $length i32)
    (local $i i32) (local $origin v128) (local $p v128) (local $q v128) (local $r v128) (local $s v128)
    (loop $next
      (local.set $origin (v128.load (i32.add (local.get $origins) (local.get $i))))
      (local.set $p (f64x2.sub (v128.load (i32.add (local.get $a) (local.get $i))) (local.get $origin)))
      (local.set $q (f64x2.sub (v128.load (i32.add (local.get $b) (local.get $i))) (local.get $origin)))
      (local.set $r (f64x2.sub (v128.load (i32.add (local.get $c) (local.get $i))) (local.get $origin)))
      (local.set $s (f64x2.sub (v128.load (i32.add (local.get $d) (local.get $i))) (local.get $origin)))
      (v128.store
        (i32.add (local.get $sums) (local.get $i))
        (f64x2.add
          (v128.load (i32.add (local.get $sums) (local.get $i)))
          (f64x2.add (f64x2.add (local.get $p) (local.get $q)) (f64x2.add (local.get $r) (local.get $s)))))
      (v128.store
        (i32.add (local.get $squares) (local.get $i))
        (f64x2.add
          (v128.load (i32.add (local.get $squares) (local.get $i)))
          (f64x2.add
            (f64x2.add
              (f64x2.mul (local.get $p) (local.get $p))
              (f64x2.mul (local.get $q) (local.get $q)))
            (f64x2.add
              (f64x2.mul (local.get $r) (local.get $r))
              (f64x2.mul (local.get $s) (local.get $s))))))
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $length)))))

  ;; The sums of weight · (x - mean)² of four rows that lie one after another: even and odd elements apart, then both.
  (func (export "distances")
    (param $a i32) (param $means i32) (param $weights i32) (param $length i32) (param $out i32)
    (local $b i32) (local $c i32) (local $d i32) (local $i i32) (local $mean v128) (local $weight v128) (local $t v128)
    (local $p v128) (local $q v128) (local $r v128) (local $s v128)
    (local.set $b (i32.add (local.get $a) (local.get $length)))
    (local.set $c (i32.add (local.get $b) (local.get $length)))
    (local.set $d (i32.add (local.get $c) (local.get $length)))
    (loop $next
      (local.set $mean (v128.load (i32.add (local.get $means) (local.get $i))))
      (local.set $weight (v128.load (i32.add (local.get $weights) (local.get $i))))
      (local.set $t (f64x2.sub (v128.load (i32.add (local.get $a) (local.get $i))) (local.get $mean)))
      (local.set $p
        (f64x2.add (local.get $p) (f64x2.mul (f64x2.mul (local.get $t) (local.get $t)) (local.get $weight))))
      (local.set $t (f64x2.sub (v128.load (i32.add (local.get $b) (local.get $i))) (local.get $mean)))
      (local.set $q
        (f64x2.add (local.get $q) (f64x2.mul (f64x2.mul (local.get $t) (local.get $t)) (local.get $weight))))
      (local.set $t (f64x2.sub (v128.load (i32.add (local.get $c) (local.get $i))) (local.get $mean)))
      (local.set $r
        (f64x2.add (local.get $r) (f64x2.mul (f64x2.mul (local.get $t) (local.get $t)) (local.get $weight))))
      (local.set $t (f64x2.sub (v128.load (i32.add (local.get $d) (local.get $i))) (local.get $mean)))
      (local.set $s
        (f64x2.add (local.get $s) (f64x2.mul (f64x2.mul (local.get $t) (local.get $t)) (local.get $weight))))
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $length))))
    (f64.store
      (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $p)) (f64x2.extract_lane 1 (local.get $p))))
    (f64.store offset=8
      (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $q)) (f64x2.extract_lane 1 (local.get $q))))
    (f64.store offset=16
      (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $r)) (f64x2.extract_lane 1 (local.get $r))))
    (f64.store offset=24
      (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $s)) (f64x2.extract_lane 1 (local.get $s))))))
