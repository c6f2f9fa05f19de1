//! Sums of products, the same on every machine and in every order of addition because they run over whole numbers.
//!
//! A weight that is fetched once serves several elements, and the sums of sixteen outputs stay in registers while they
//! grow. [`widest`] runs a [`Job`] with the widest vectors that the processor has; all widths give the same.
//!
//! Method: register tiling after Goto and van de Geijn (2008), "Anatomy of high-performance matrix multiplication",
//! <https://doi.org/10.1145/1356052.1356053>.

#![allow(
    unsafe_code,
    reason = "vectors are used only where they were found, inside the arrays that are given: see each"
)]

/// How many outputs are summed side by side.
pub const OUTPUTS: usize = 16;

/// The weights of [`OUTPUTS`] outputs for two inputs that follow one another; [`place`] tells where each stands.
pub type Lanes = [i16; 2 * OUTPUTS];

/// Where in [`Lanes`] the weight of an output for the first or second (0 or 1) of the two inputs stands. The vectors of
/// x86 multiply two neighbours and add them; elsewhere each input's weights stand together.
pub const fn place(output: usize, input: usize) -> usize {
    if cfg!(target_arch = "x86_64") { 2 * output + input } else { OUTPUTS * input + output }
}

/// The vectors of a processor. Who holds a value of a type of these has a processor that has them: outside of this file
/// none can be made.
pub trait Vectors: Copy {
    /// The sums of one element for [`OUTPUTS`] outputs.
    type Sums: Copy;

    /// The sums of so many elements find room in registers.
    const ELEMENTS: usize;

    /// Zeros.
    fn zero(self) -> Self::Sums;

    /// Sums with the products of two inputs and their weights added.
    fn add(self, sums: Self::Sums, weights: &Lanes, inputs: [i16; 2]) -> Self::Sums;

    /// Sums as numbers.
    fn all(self, sums: Self::Sums) -> [i32; OUTPUTS];
}

/// Work that vectors speed up.
pub trait Job {
    /// What it gives.
    type Out;

    /// Does it. Should be `#[inline(always)]`, so that it is compiled for the vectors of its caller.
    fn run<V: Vectors>(self, vectors: V) -> Self::Out;
}

/// Runs a job with the widest vectors that this processor has.
pub fn widest<J: Job>(job: J) -> J::Out {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vl") {
            if is_x86_feature_detected!("avx512vnni") {
                // SAFETY: this processor has all three, and with them what they imply (AVX-512F and AVX2).
                return unsafe { x86::sixty_four_at_once(job) };
            }
            // SAFETY: this processor has both, and with them what they imply.
            return unsafe { x86::sixty_four(job) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: this processor has it.
            return unsafe { x86::thirty_two(job) };
        }
        x86::sixteen(job)
    }
    #[cfg(not(target_arch = "x86_64"))]
    job.run(Plain)
}

/// The sums of `N` elements, eight at most, over `TAPS` rows each: `weights` are those of [`OUTPUTS`] outputs, for each tap
/// in turn.
#[inline(always)]
pub fn tile<V: Vectors, const W: usize, const TAPS: usize, const N: usize>(
    vectors: V,
    weights: &[Lanes],
    seen: &[[&[i16; W]; TAPS]; N],
) -> [[i32; OUTPUTS]; N] {
    const { assert!(N <= 8) };
    // Written out, because sums that a loop goes over are kept in memory and not in registers.
    macro_rules! for_each_element {
        ($element:ident => $work:expr) => {
            for_each_element!($element => $work; 0 1 2 3 4 5 6 7)
        };
        ($element:ident => $work:expr; $($number:literal)*) => {
            $(if $number < N {
                let $element = $number;
                $work;
            })*
        };
    }
    let (mut sums, mut all) = ([vectors.zero(); N], [[0; OUTPUTS]; N]);
    // Of few elements, the odd pairs have sums of their own, for which registers are free: no sum waits for the one before.
    let few = const { 4 * N <= V::ELEMENTS && (W / 2).is_multiple_of(2) };
    let mut odd = sums;
    for (tap, weights) in weights.chunks_exact(W / 2).take(TAPS).enumerate() {
        let weights = &weights[..W / 2];
        let inputs = |at: usize, pair: usize| [seen[at][tap][2 * pair], seen[at][tap][2 * pair + 1]];
        if few {
            for pair in (0..W / 2).step_by(2) {
                for_each_element!(at => {
                    sums[at] = vectors.add(sums[at], &weights[pair], inputs(at, pair));
                    odd[at] = vectors.add(odd[at], &weights[pair + 1], inputs(at, pair + 1));
                });
            }
        } else {
            for (pair, weights) in weights.iter().enumerate() {
                for_each_element!(at => sums[at] = vectors.add(sums[at], weights, inputs(at, pair)));
            }
        }
    }
    for_each_element!(at => all[at] = vectors.all(sums[at]));
    if few {
        for_each_element!(at => {
            let odd = vectors.all(odd[at]);
            all[at].iter_mut().zip(odd).for_each(|(sum, odd)| *sum = sum.wrapping_add(odd));
        });
    }
    all
}

/// No vectors but what the compiler makes of plain numbers: for processors without those below, and what these are held
/// against.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[derive(Clone, Copy)]
struct Plain;

#[cfg(any(test, not(target_arch = "x86_64")))]
impl Vectors for Plain {
    type Sums = [i32; OUTPUTS];

    const ELEMENTS: usize = 6;

    #[inline(always)]
    fn zero(self) -> [i32; OUTPUTS] {
        [0; OUTPUTS]
    }

    #[inline(always)]
    fn add(self, mut sums: [i32; OUTPUTS], weights: &Lanes, inputs: [i16; 2]) -> [i32; OUTPUTS] {
        for (input, value) in inputs.into_iter().enumerate() {
            for (output, sum) in sums.iter_mut().enumerate() {
                *sum = sum.wrapping_add(i32::from(weights[place(output, input)]) * i32::from(value));
            }
        }
        sums
    }

    #[inline(always)]
    fn all(self, sums: [i32; OUTPUTS]) -> [i32; OUTPUTS] {
        sums
    }
}

/// The vectors of x86: one instruction multiplies 8, 16 or 32 pairs of small numbers and adds neighbours.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Job, Lanes, OUTPUTS, Vectors};
    use std::arch::x86_64 as x;

    /// [`Job::run`] in vectors of 64 bytes.
    #[target_feature(enable = "avx512bw,avx512vl")]
    pub(super) fn sixty_four<J: Job>(job: J) -> J::Out {
        job.run(SixtyFour(()))
    }

    /// The same where one instruction multiplies and adds to the sums.
    #[target_feature(enable = "avx512bw,avx512vl,avx512vnni")]
    pub(super) fn sixty_four_at_once<J: Job>(job: J) -> J::Out {
        job.run(SixtyFourAtOnce(()))
    }

    /// [`Job::run`] in vectors of 32 bytes.
    #[target_feature(enable = "avx2")]
    pub(super) fn thirty_two<J: Job>(job: J) -> J::Out {
        job.run(ThirtyTwo(()))
    }

    /// [`Job::run`] in vectors of 16 bytes, which every processor of this architecture has (SSE2).
    pub(super) fn sixteen<J: Job>(job: J) -> J::Out {
        job.run(Sixteen(()))
    }

    /// Two inputs as one number, for all lanes.
    #[inline(always)]
    fn both(inputs: [i16; 2]) -> i32 {
        i32::from(inputs[0].cast_unsigned()) | i32::from(inputs[1]) << 16
    }

    /// The sums of sixteen outputs in `$count` vectors of `$bytes` bytes. A value of the type is made above alone, where
    /// the feature that its instructions need is enabled.
    macro_rules! vectors {
        ($name:ident, $vector:ty, $count:literal: $($at:literal)*, $bytes:literal, $elements:literal,
         $zero:ident, $spread:ident, $load:ident, $store:ident, |$sum:ident, $part:ident, $inputs:ident| $added:expr) => {
            #[derive(Clone, Copy)]
            struct $name(());

            const _: () = assert!($count * $bytes == size_of::<Lanes>() && $bytes == size_of::<$vector>());
            const _: () = assert!($count * $bytes == size_of::<[i32; OUTPUTS]>());

            impl Vectors for $name {
                type Sums = [$vector; $count];

                const ELEMENTS: usize = $elements;

                #[inline(always)]
                #[allow(unused_unsafe, reason = "every processor of this architecture has the smallest vectors")]
                fn zero(self) -> Self::Sums {
                    // SAFETY: a value of this type means that the processor has the instruction.
                    unsafe { [x::$zero(); $count] }
                }

                #[inline(always)]
                fn add(self, mut sums: Self::Sums, weights: &Lanes, inputs: [i16; 2]) -> Self::Sums {
                    // SAFETY: a value of this type means that the processor has the instructions; each load reads
                    // `$bytes` bytes from the `$at`th of `$count` parts of that size, as asserted above, and asks for no
                    // alignment.
                    unsafe {
                        let $inputs = x::$spread(both(inputs));
                        $(
                            let $part = x::$load(weights.as_ptr().cast::<$vector>().add($at).cast());
                            let $sum = sums[$at];
                            sums[$at] = $added;
                        )*
                    }
                    sums
                }

                #[inline(always)]
                fn all(self, sums: Self::Sums) -> [i32; OUTPUTS] {
                    let mut all = [0; OUTPUTS];
                    // SAFETY: as in `add`: the sums have the size of the weights.
                    unsafe {
                        $(x::$store(all.as_mut_ptr().cast::<$vector>().add($at).cast(), sums[$at]);)*
                    }
                    all
                }
            }
        };
    }

    vectors!(
        Sixteen, x::__m128i, 4: 0 1 2 3, 16, 2, _mm_setzero_si128, _mm_set1_epi32, _mm_loadu_si128, _mm_storeu_si128,
        |sum, part, inputs| x::_mm_add_epi32(sum, x::_mm_madd_epi16(part, inputs))
    );
    vectors!(
        ThirtyTwo, x::__m256i, 2: 0 1, 32, 6, _mm256_setzero_si256, _mm256_set1_epi32, _mm256_loadu_si256,
        _mm256_storeu_si256, |sum, part, inputs| x::_mm256_add_epi32(sum, x::_mm256_madd_epi16(part, inputs))
    );
    vectors!(
        SixtyFour, x::__m512i, 1: 0, 64, 8, _mm512_setzero_si512, _mm512_set1_epi32, _mm512_loadu_si512,
        _mm512_storeu_si512, |sum, part, inputs| x::_mm512_add_epi32(sum, x::_mm512_madd_epi16(part, inputs))
    );
    vectors!(
        SixtyFourAtOnce, x::__m512i, 1: 0, 64, 8, _mm512_setzero_si512, _mm512_set1_epi32, _mm512_loadu_si512,
        _mm512_storeu_si512, |sum, part, inputs| x::_mm512_dpwssd_epi32(sum, part, inputs)
    );
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::extract::network::rows::{Pass, Rows, UNIT};
    use crate::extract::network::tables::Layer;

    /// Numbers without order.
    pub(in super::super) struct Numbers(pub(in super::super) u32);

    impl Numbers {
        fn next(&mut self, most: i32) -> i32 {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (self.0 >> 16) as i32 % (2 * most + 1) - most
        }

        pub(in super::super) fn floats<const N: usize>(&mut self, most: f32) -> [f32; N] {
            std::array::from_fn(|_| self.next(1000) as f32 / 1000.0 * most)
        }
    }

    /// A layer without meaning.
    pub(in super::super) fn layer<const W: usize>(reach: usize, numbers: &mut Numbers) -> Layer<W> {
        let weights: Vec<_> =
            (0..W).map(|_| [(); 3].map(|()| std::array::from_fn(|_| numbers.next(255) as i16))).collect();
        Layer::new(reach, &weights, numbers.floats(1e-3), numbers.floats(1.0))
    }

    /// The sums of one element, one output at a time.
    struct Slow<'a, const W: usize>(&'a Layer<W>, &'a Rows<W>, Rows<W>, &'a [usize]);

    impl<const W: usize> Slow<'_, W> {
        fn run(mut self, seen: impl Fn(usize) -> [[i16; W]; 3]) -> Rows<W> {
            for row in self.3 {
                let seen = seen(*row);
                for block in 0..W / OUTPUTS {
                    let sums = std::array::from_fn(|output| {
                        let products = self.0.weights_of(block).iter().enumerate().map(|(at, lanes)| {
                            let (tap, pair) = (at / (W / 2), at % (W / 2));
                            (0..2)
                                .map(|i| i32::from(lanes[place(output, i)]) * i32::from(seen[tap][2 * pair + i]))
                                .fold(0, i32::wrapping_add)
                        });
                        products.fold(0, i32::wrapping_add)
                    });
                    self.0.finish(block, &sums, self.1.row(*row), self.2.row_mut(*row));
                }
            }
            self.2
        }
    }

    /// Every width that this processor has gives what one number after the other gives, for tiles of every size.
    fn widths_agree<const W: usize>() {
        let mut numbers = Numbers(7);
        for count in [1, 2, 3, 5, 6, 7, 8, 9, 17] {
            let layer = layer::<W>(2, &mut numbers);
            let mut rows = Rows::<W>::new(count);
            (0..count).for_each(|row| rows.set(row, &numbers.floats(8000.0 / UNIT)));
            let which: Vec<usize> = (0..count).collect();
            let near = |row: usize, by: isize| match row.checked_add_signed(by).filter(|row| *row < count) {
                Some(row) => *rows.row(row),
                None => [0; W],
            };
            let slow =
                Slow(&layer, &rows, Rows::new(count), &which).run(|row| [near(row, -2), near(row, 0), near(row, 2)]);
            assert_ne!(slow.all(), rows.all());
            let check = |name: &str, run: &dyn Fn(Pass<W>)| {
                let mut to = Rows::new(count);
                run(Pass { layer: &layer, from: &rows, to: &mut to, which: &which });
                assert_eq!(to.all(), slow.all(), "{name}, {count} elements of {W}");
            };
            check("widest", &|pass| widest(pass));
            check("plain", &|pass| pass.run(Plain));
            #[cfg(target_arch = "x86_64")]
            {
                check("16 bytes", &|pass| x86::sixteen(pass));
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: it was found.
                    check("32 bytes", &|pass| unsafe { x86::thirty_two(pass) });
                }
                if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vl") {
                    // SAFETY: they were found.
                    check("64 bytes", &|pass| unsafe { x86::sixty_four(pass) });
                    if is_x86_feature_detected!("avx512vnni") {
                        // SAFETY: they were found.
                        check("64 bytes at once", &|pass| unsafe { x86::sixty_four_at_once(pass) });
                    }
                }
            }
        }
    }

    #[test]
    fn every_width_of_vectors_gives_the_same() {
        widths_agree::<64>();
        widths_agree::<128>();
    }
}
