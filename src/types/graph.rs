/// A symmetric weighted graph of texts, each joined to its nearest neighbours by their cosine.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeighbourGraph {
    /// Per text, its neighbours with their weights (0 < weight <= 1), in the order of the texts.
    pub edges: Vec<Vec<(usize, f32)>>,
}

impl NeighbourGraph {
    /// Joins `i` and `j` with the mean of the two weights; where only one is among the other's neighbours, with half of its weight.
    pub fn symmetric(directed: &[Vec<(usize, f32)>]) -> Self {
        let mut edges: Vec<Vec<(usize, f32)>> = vec![Vec::new(); directed.len()];
        for (i, neighbours) in directed.iter().enumerate() {
            for &(j, weight) in neighbours {
                edges[i].push((j, weight / 2.0));
                edges[j].push((i, weight / 2.0));
            }
        }
        for neighbours in &mut edges {
            neighbours.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            neighbours.dedup_by(|second, first| {
                let same = first.0 == second.0;
                if same {
                    first.1 += second.1;
                }
                same
            });
            neighbours.shrink_to_fit();
        }
        Self { edges }
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.edges.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Sum of the weights of a text's edges.
    pub fn degree(&self, i: usize) -> f64 {
        self.edges[i].iter().map(|edge| f64::from(edge.1)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_weighs_as_much_as_both_ends_agree() {
        let graph = NeighbourGraph::symmetric(&[vec![(1, 0.8), (2, 0.5)], vec![(0, 0.8)], vec![]]);
        assert_eq!(graph.edges, [vec![(1, 0.8), (2, 0.25)], vec![(0, 0.8)], vec![(0, 0.25)]]);
        assert!((graph.degree(0) - 1.05).abs() < 1e-6);
    }
}
