//! A bound on the bytes of documents that are on their way to the writer.
//!
//! Tantivy's queue counts documents, and ten thousand of them may be any size.
//! A document here holds a share of a budget until tantivy has indexed and
//! dropped it; who reads waits while there is none left.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// Locks a mutex; a thread that panicked leaves counts and lists whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Bytes that may be on their way.
#[derive(Debug, Clone)]
pub(super) struct Budget(Arc<Account>);

#[derive(Debug)]
struct Account {
    free: Mutex<usize>,
    returned: Condvar,
    all: usize,
}

impl Budget {
    pub fn new(bytes: usize) -> Self {
        Budget(Arc::new(Account {
            free: Mutex::new(bytes),
            returned: Condvar::new(),
            all: bytes,
        }))
    }

    /// Waits until so many bytes are free, and takes them. One document larger
    /// than the whole budget waits until it is alone.
    pub fn take(&self, bytes: usize) -> Share {
        let bytes = bytes.min(self.0.all);
        let mut free = lock(&self.0.free);
        while *free < bytes {
            let woken = self.0.returned.wait(free);
            free = woken.unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        *free -= bytes;
        Share {
            budget: self.clone(),
            bytes,
        }
    }
}

/// Bytes taken from a budget, given back when dropped.
#[derive(Debug)]
pub(super) struct Share {
    budget: Budget,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        *lock(&self.budget.0.free) += self.bytes;
        self.budget.0.returned.notify_all();
    }
}

/// A document with its share of the budget.
#[derive(Debug)]
pub(super) struct Budgeted {
    pub document: TantivyDocument,
    pub _share: Share,
}

impl Document for Budgeted {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Documents of every size, larger than the budget also, on more threads
    /// than fit at once.
    #[test]
    fn no_more_than_the_budget_is_taken_and_all_get_their_turn() {
        const ALL: usize = 100;
        let budget = Budget::new(ALL);
        let taken = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (budget, taken) = (budget.clone(), &taken);
                scope.spawn(move || {
                    for turn in 0..500 {
                        let bytes = (thread * 37 + turn * 13) % 150;
                        let share = budget.take(bytes);
                        let counted = bytes.min(ALL);
                        let now = taken.fetch_add(counted, Ordering::SeqCst) + counted;
                        assert!(now <= ALL, "{now} bytes are on their way");
                        taken.fetch_sub(counted, Ordering::SeqCst);
                        drop(share);
                    }
                });
            }
        });
        drop(budget.take(ALL));
    }
}
