use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

/// Mean cosine up to which texts are about several things, and from which they are about one. Surveys and comments have 0.18 to 0.40,
/// arguments for one motion 0.49 to 0.67.
const SEVERAL_THINGS: f64 = 0.4;
const ONE_THING: f64 = 0.5;
/// Rows that are in 64 bits at a time.
const BLOCK: usize = 4_096;

/// Text vectors: `(n_texts, dim)`, every row finite and of length 1, or all zeros for a text without a meaning
/// that the model knows (which then belongs to no theme).
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors(Array2<f32>);

impl Vectors {
    /// Takes rows of any length and normalises them; a row that is not finite or has no length becomes zeros.
    pub fn from_rows(mut rows: Array2<f32>) -> Self {
        for mut row in rows.rows_mut() {
            let length = row.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt();
            if length.is_finite() && length > 1e-12 {
                if (length - 1.0).abs() > 1e-6 {
                    row.mapv_inplace(|x| (f64::from(x) / length) as f32);
                }
            } else {
                row.fill(0.0);
            }
        }
        Self(rows)
    }

    /// The rows, of length 1 or all zeros.
    pub fn into_rows(self) -> Array2<f32> {
        self.0
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.0.nrows()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.nrows() == 0
    }

    /// Numbers per vector.
    pub fn dim(&self) -> usize {
        self.0.ncols()
    }

    /// All rows, `(n_texts, dim)`.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.0.view()
    }

    /// One row, `(dim,)`.
    pub fn row(&self, i: usize) -> ArrayView1<'_, f32> {
        self.0.row(i)
    }

    /// Whether the text of row `i` has a vector, that is, is not all zeros.
    pub fn has_meaning(&self, i: usize) -> bool {
        self.0.row(i).iter().any(|x| *x != 0.0)
    }

    /// How far each row, less `mean`, reaches along each column of `directions`, worked out in 64 bits: `(n_texts, n_directions)`.
    pub fn along(&self, mean: &Array1<f64>, directions: &Array2<f64>) -> Array2<f32> {
        let mut all = Array2::zeros((self.len(), directions.ncols()));
        let blocks = self.0.axis_chunks_iter(Axis(0), BLOCK).zip(all.axis_chunks_iter_mut(Axis(0), BLOCK));
        for (rows, mut along) in blocks {
            along.assign(&(rows.mapv(f64::from) - mean).dot(directions).mapv(|x| x as f32));
        }
        all
    }

    /// The rows `indices` in 64 bits, a block at a time: all of them at once would be the largest thing in memory.
    pub fn wide_blocks(&self, indices: &[usize]) -> impl Iterator<Item = Array2<f64>> {
        indices.chunks(BLOCK).map(|block| self.0.select(Axis(0), block).mapv(f64::from))
    }

    /// Sum of the rows `indices` in 64 bits, `(dim,)`.
    pub fn sum(&self, indices: &[usize]) -> Array1<f64> {
        let mut sum = Array1::zeros(self.dim());
        for &i in indices {
            sum.zip_mut_with(&self.row(i), |sum, x| *sum += f64::from(*x));
        }
        sum
    }

    /// How much the rows `indices`, none of them zeros, have in common: the mean of their cosines with each other and themselves, from 0 to
    /// 1. It is the squared length of the mean vector, or mean resultant length (Mardia and Jupp 2000, "Directional statistics").
    pub fn mean_cosine(&self, indices: &[usize]) -> f64 {
        let mean = self.sum(indices) / indices.len().max(1) as f64;
        mean.dot(&mean)
    }

    /// Rows `indices`, in that order.
    #[must_use]
    pub fn select(&self, indices: &[usize]) -> Self {
        Self(self.0.select(Axis(0), indices))
    }
}

/// How far texts of this [`Vectors::mean_cosine`] are about one thing, as arguments for one motion are: 0 to 1.
pub fn about_one_thing(mean_cosine: f64) -> f64 {
    ((mean_cosine - SEVERAL_THINGS) / (ONE_THING - SEVERAL_THINGS)).clamp(0.0, 1.0)
}

/// Sum of each group's rows, `(n, dim)`, and how many there are; `groups` are those of the rows, and a row without one counts for none.
pub fn sums_by_group(
    rows: ArrayView2<'_, f32>,
    groups: impl IntoIterator<Item = Option<usize>>,
    n: usize,
) -> (Array2<f64>, Vec<f64>) {
    let mut sums = Array2::<f64>::zeros((n, rows.ncols()));
    let mut sizes = vec![0.0_f64; n];
    for (row, group) in rows.axis_iter(Axis(0)).zip(groups) {
        let Some(group) = group else { continue };
        sums.row_mut(group).zip_mut_with(&row, |sum, x| *sum += f64::from(*x));
        sizes[group] += 1.0;
    }
    (sums, sizes)
}

/// Direction of each group's mean, `(n, dim)`, every row of length 1 or all zeros; `groups` as for [`sums_by_group`].
///
/// Summed in single precision: known themes are placed and compared by it, and another sum would move the last digits of every refresh.
pub fn directions_by_group(
    vectors: &Vectors,
    groups: impl IntoIterator<Item = Option<usize>>,
    n: usize,
) -> Array2<f32> {
    let mut sums = Array2::<f32>::zeros((n, vectors.dim()));
    for (row, group) in vectors.view().axis_iter(Axis(0)).zip(groups) {
        let Some(group) = group else { continue };
        sums.row_mut(group).scaled_add(1.0, &row);
    }
    Vectors::from_rows(sums).into_rows()
}
