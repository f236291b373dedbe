/// A symmetric weighted graph of texts, each joined to its nearest neighbours by their cosine.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeighbourGraph {
    /// Per text, its neighbours with their weights (0 < weight <= 1), in the order of the texts.
    pub edges: Vec<Vec<(usize, f32)>>,
}

impl NeighbourGraph {
    /// Joins `i` and `j` where either is among the other's neighbours, with the larger of the two weights.
    pub fn symmetric(directed: &[Vec<(usize, f32)>]) -> Self {
        let mut edges = directed.to_vec();
        for (i, neighbours) in directed.iter().enumerate() {
            for &(j, weight) in neighbours {
                edges[j].push((i, weight));
            }
        }
        for neighbours in &mut edges {
            neighbours.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            neighbours.dedup_by_key(|edge| edge.0);
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

    /// Newman and Girvan's modularity (2004) of a division into groups, -0.5 to 1; texts in no group count as alone.
    pub fn modularity(&self, groups: &[Option<usize>], n_groups: usize) -> f64 {
        let total: f64 = (0..self.len()).map(|i| self.degree(i)).sum();
        if total <= 0.0 {
            return 0.0;
        }
        let mut inside = 0.0;
        let mut degrees = vec![0.0; n_groups];
        let mut alone = 0.0;
        for (i, neighbours) in self.edges.iter().enumerate() {
            let degree = self.degree(i) / total;
            let Some(group) = groups[i] else {
                alone += degree * degree;
                continue;
            };
            degrees[group] += degree;
            let own = neighbours.iter().filter(|edge| groups[edge.0] == Some(group));
            inside += own.map(|edge| f64::from(edge.1)).sum::<f64>() / total;
        }
        inside - alone - degrees.iter().map(|degree| degree * degree).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modularity_of_two_pairs_is_one_half() {
        let graph = NeighbourGraph::symmetric(&[vec![(1, 1.0)], vec![], vec![(3, 1.0)], vec![]]);
        let pairs = [Some(0), Some(0), Some(1), Some(1)];
        assert!((graph.modularity(&pairs, 2) - 0.5).abs() < 1e-12);
        assert!(graph.modularity(&[Some(0); 4], 1).abs() < 1e-12, "one group has none");
    }
}
