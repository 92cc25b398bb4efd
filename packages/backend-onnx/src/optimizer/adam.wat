;; One step of Adam (Adam: a method for stochastic optimization, Kingma & Ba, 2015; decoupled weight decay as in
;; Decoupled weight decay regularization, Loshchilov & Hutter, 2019) on float32, four numbers at a time:
;;   first     ← beta1 · first + (1 − beta1) · gradient
;;   second    ← beta2 · second + (1 − beta2) · gradient²
;;   parameter ← shrink · parameter − step · first / (√second · root + epsilon)
;; Addresses are in bytes, multiples of 16; `count` is in bytes too, and what lies in the last 16 beyond the parameter
;; is padding.
(module
  (memory (import "memory" "memory") 1)
  (func (export "adam")
    (param $parameter i32) (param $gradient i32) (param $first i32) (param $second i32) (param $count i32)
    (param $beta1 f32) (param $rest1 f32) (param $beta2 f32) (param $rest2 f32)
    (param $step f32) (param $root f32) (param $epsilon f32) (param $shrink f32)
    (local $i i32) (local $g v128) (local $m v128) (local $v v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
        (local.set $g (v128.load (i32.add (local.get $gradient) (local.get $i))))
        (local.set $m
          (f32x4.add
            (f32x4.mul
              (v128.load (i32.add (local.get $first) (local.get $i)))
              (f32x4.splat (local.get $beta1)))
            (f32x4.mul (local.get $g) (f32x4.splat (local.get $rest1)))))
        (v128.store (i32.add (local.get $first) (local.get $i)) (local.get $m))
        (local.set $v
          (f32x4.add
            (f32x4.mul
              (v128.load (i32.add (local.get $second) (local.get $i)))
              (f32x4.splat (local.get $beta2)))
            (f32x4.mul (f32x4.mul (local.get $g) (local.get $g)) (f32x4.splat (local.get $rest2)))))
        (v128.store (i32.add (local.get $second) (local.get $i)) (local.get $v))
        (v128.store
          (i32.add (local.get $parameter) (local.get $i))
          (f32x4.sub
            (f32x4.mul
              (v128.load (i32.add (local.get $parameter) (local.get $i)))
              (f32x4.splat (local.get $shrink)))
            (f32x4.mul
              (f32x4.div
                (local.get $m)
                (f32x4.add
                  (f32x4.mul (f32x4.sqrt (local.get $v)) (f32x4.splat (local.get $root)))
                  (f32x4.splat (local.get $epsilon))))
              (f32x4.splat (local.get $step)))))
        (local.set $i (i32.add (local.get $i) (i32.const 16)))
        (br $next)))))
