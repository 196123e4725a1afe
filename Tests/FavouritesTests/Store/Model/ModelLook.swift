/// The ways in which a store is looked at by a person; each is compared with the model now and
/// then.
enum ModelLook: String, CaseIterable {
  case list, search, counts, trash, history, items, past
}
